// SPDX-License-Identifier: Apache-2.0
// A test pulls the strings of this plugin through a service that it lends.
#ifndef MESSENGER_TESTS_PUPPET_HPP
#define MESSENGER_TESTS_PUPPET_HPP

#include <messenger/operations.h>
#include <messenger/receipts.h>

#include <cstdint>

#define TEST_PUPPET_1 "test.puppet/1"

/// The service. What it throws goes through the plugin's C functions as it is.
class PuppetMaster {
 public:
  virtual void send(const msgr_host* host, const msgr_op* op, const msgr_message* message) = 0;
  virtual void cancel(const msgr_host* host, std::uint64_t ticket) = 0;
  virtual std::uint32_t stop(const msgr_host* host) = 0;
  virtual void destroy(const msgr_host* host) = 0;
  virtual bool configure(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) = 0;
  virtual std::uint32_t validate(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) = 0;
  virtual void call(const msgr_host* host, const msgr_op* op, const msgr_call* call) = 0;
  virtual std::uint32_t read(const msgr_host* host, const msgr_callback* callback, msgr_receipt_fn told, void* ctx) = 0;

 protected:
  PuppetMaster() = default;
  PuppetMaster(const PuppetMaster&) = default;
  PuppetMaster& operator=(const PuppetMaster&) = default;
  ~PuppetMaster() = default;
};

#endif
