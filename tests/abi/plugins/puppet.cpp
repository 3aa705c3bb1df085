// SPDX-License-Identifier: Apache-2.0
#include "puppet.hpp"

#include <cstring>

#include "minimal.h"

namespace {

PuppetMaster& master(const msgr_host* host) {
  return *static_cast<PuppetMaster*>(const_cast<void*>(host->get_extension(host, TEST_PUPPET_1)));
}

struct Puppet {
  const msgr_host* host;
  PuppetMaster* master;
};

Puppet& puppet(msgr_instance* instance) {
  return *reinterpret_cast<Puppet*>(instance);
}

std::uint32_t validate(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) {
  return master(host).validate(host, config, issue, ctx);
}

msgr_instance* configure(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) {
  if (!master(host).configure(host, config, issue, ctx)) return nullptr;
  return reinterpret_cast<msgr_instance*>(new Puppet{host, &master(host)});
}

void send(msgr_instance* instance, const msgr_op* op, const msgr_message* message) {
  puppet(instance).master->send(puppet(instance).host, op, message);
}

void cancel(msgr_instance* instance, std::uint64_t ticket) {
  puppet(instance).master->cancel(puppet(instance).host, ticket);
}

std::uint32_t stop(msgr_instance* instance, std::uint64_t) {
  return puppet(instance).master->stop(puppet(instance).host);
}

void destroy(msgr_instance* instance) {
  const Puppet last = puppet(instance);
  delete &puppet(instance);
  last.master->destroy(last.host);
}

void call(msgr_instance* instance, const msgr_op* op, const msgr_call* call) {
  puppet(instance).master->call(puppet(instance).host, op, call);
}

std::uint32_t read(msgr_instance* instance, const msgr_callback* callback, msgr_receipt_fn told, void* ctx) {
  return puppet(instance).master->read(puppet(instance).host, callback, told, ctx);
}

constexpr msgr_operation catalogue[] = {
    {"things.list", "Lists things.",
     TEXT(R"({"type":"object","properties":{"name":{"type":"string"},"pin":{"type":"string","writeOnly":true}}})"),
     TEXT(R"({"type":"object"})"), MSGR_OPERATION_SAFE | MSGR_OPERATION_LIST, 0},
    {"things.delete", nullptr, TEXT(R"({"type":"object"})"), msgr_str{nullptr, 0}, 0, 0}};
constexpr msgr_operations operations{sizeof(msgr_operations), 0, catalogue, 2, call};
constexpr msgr_receipts receipts{sizeof(msgr_receipts), 0, read};

const void* extension(const char* id) {
  if (std::strcmp(id, MSGR_OPERATIONS_1) == 0) return &operations;
  return std::strcmp(id, MSGR_RECEIPTS_1) == 0 ? &receipts : nullptr;
}

const char* const needs[] = {TEST_PUPPET_1, nullptr};
const msgr_plugin table = {
    sizeof(msgr_plugin), MSGR_ABI_MINOR, "Puppet", nullptr, nullptr, nullptr,  TEXT("{}"), needs, validate,
    configure,           send,           cancel,   stop,    destroy, extension};

}  // namespace

const msgr_plugin* msgr_plugin_v1(std::uint32_t index) {
  return index == 0 ? &table : nullptr;
}
