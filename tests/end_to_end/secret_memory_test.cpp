// SPDX-License-Identifier: Apache-2.0
// What a core file would hold: the memory of a process that has sent secrets, searched for them.
#include <fcntl.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <thread>

#include "canary.hpp"
#include "certificate.hpp"
#include "process.hpp"
#include "raw_server.hpp"
#include "tls_server.hpp"

using namespace messenger::test;

namespace {

/// All that a stopped process can write to, region by region, as a core file would have it.
std::vector<std::string> memory_of(pid_t pid) {
  const std::string process = "/proc/" + std::to_string(pid);
  const int memory = ::open((process + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
  BOOST_TEST_REQUIRE(memory >= 0);
  std::vector<std::string> regions;
  std::ifstream maps(process + "/maps");
  for (std::string line; std::getline(maps, line);) {
    std::istringstream fields(line);
    std::size_t begin = 0, end = 0;
    char dash = 0;
    std::string permissions;
    fields >> std::hex >> begin >> dash >> end >> permissions;
    if (!permissions.starts_with("rw")) {
      continue;
    }
    std::string bytes(end - begin, '\0');
    if (::pread(memory, bytes.data(), bytes.size(), static_cast<off_t>(begin)) > 0) {
      regions.push_back(std::move(bytes));
    }
  }
  ::close(memory);
  return regions;
}

std::size_t count(const std::vector<std::string>& regions, const std::string& secret) {
  std::size_t found = 0;
  for (const std::string& region : regions) {
    for (auto at = region.find(secret); at != std::string::npos; at = region.find(secret, at + 1)) {
      ++found;
      BOOST_TEST_MESSAGE("found within: " << region.substr(at > 100 ? at - 100 : 0, 200));
    }
  }
  return found;
}

template <std::size_t Size>
std::size_t count(const std::vector<std::string>& regions, const Canary<Size>& canary) {
  return count(regions, canary.clear().text());
}

void wait_until_stopped(pid_t pid) {
  int status = 0;
  BOOST_TEST_REQUIRE(::waitpid(pid, &status, WUNTRACED) == pid);
  BOOST_TEST_REQUIRE(WIFSTOPPED(status), "the secret keeper ended with status " << WEXITSTATUS(status));
}

// The private number of an EC key, as OpenSSL keeps it.
std::string private_number(const std::string& pem) {
  const std::unique_ptr<BIO, decltype(&BIO_free_all)> text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                                           &BIO_free_all);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      PEM_read_bio_PrivateKey(text.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
  BIGNUM* number = nullptr;
  BOOST_TEST_REQUIRE(EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_PRIV_KEY, &number) == 1);
  std::array<unsigned char, 32> bytes{};
  BN_bn2lebinpad(number, bytes.data(), static_cast<int>(bytes.size()));
  BN_clear_free(number);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// A provider that accepts, and repeats what it was sent in an answer that comes in many pieces.
std::string repeat(const std::string& request) {
  std::string words = request;
  std::replace_if(
      words.begin(), words.end(), [](char c) { return c < ' ' || c == '"' || c == '\\'; }, ' ');
  return R"({"sid":"SM0123456789abcdef0123456789abcdef","request":")" + words + R"(","padding":")" +
         std::string(40'000, 'x') + "\"}";
}

void check(const std::string& url, const std::string& roots) {
  const TemporaryDirectory directory;
  const Certificate client(directory, "client", "DNS:client");
  const auto key = contents(client.key_file);
  const auto key_line = key.substr(key.find('\n') + 1, 60);
  const auto number = private_number(key);
  // Bound at start: the dynamic linker's look-up at a first call saves the vector registers on the stack, and with them
  // what was copied last.
  const Process keeper({std::string(MESSENGER_BIN_DIR) + "/secret-keeper", url, roots,
                        directory.write("client-all.pem", contents(client.certificate_file) + key)},
                       {"LD_BIND_NOW=1"});
  wait_until_stopped(keeper.pid());
  auto memory = memory_of(keeper.pid());
  // The messengers are in force and need these, so the search does find what is there.
  BOOST_TEST(count(memory, canary_token) > 0U);
  BOOST_TEST(count(memory, canary_target) > 0U);
  BOOST_TEST(count(memory, canary_token_encoded) > 0U);
  BOOST_TEST(count(memory, canary_password_encoded) > 0U);
  BOOST_TEST(count(memory, key_line) > 0U);
  BOOST_TEST((count(memory, number) > 0U) == url.starts_with("https"));
  BOOST_TEST(count(memory, canary_body) == 0U);
  BOOST_TEST(count(memory, canary_code) == 0U);
  keeper.signal(SIGCONT);
  wait_until_stopped(keeper.pid());
  memory = memory_of(keeper.pid());
  BOOST_TEST(count(memory, canary_token) == 0U);
  BOOST_TEST(count(memory, canary_token_encoded) == 0U);
  BOOST_TEST(count(memory, canary_password) == 0U);
  BOOST_TEST(count(memory, canary_password_encoded) == 0U);
  BOOST_TEST(count(memory, canary_target) == 0U);
  BOOST_TEST(count(memory, canary_header) == 0U);
  BOOST_TEST(count(memory, key_line) == 0U);
  BOOST_TEST(count(memory, number) == 0U);
  BOOST_TEST(count(memory, canary_body) == 0U);
  BOOST_TEST(count(memory, canary_code) == 0U);
  keeper.signal(SIGCONT);
}

/// Whether a process that SIGABRT ends leaves a core file, in this directory at most. It is given every right to.
bool dumps_core(const TemporaryDirectory& directory, const std::vector<std::string>& arguments,
                const std::function<bool()>& is_ready) {
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(directory.path(""));
  const Process process(arguments);
  std::filesystem::current_path(before);
  const rlimit unlimited{RLIM_INFINITY, RLIM_INFINITY};
  ::prlimit(process.pid(), RLIMIT_CORE, &unlimited, nullptr);
  while (!is_ready()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  process.signal(SIGABRT);
  int status = 0;
  BOOST_TEST_REQUIRE(::waitpid(process.pid(), &status, 0) == process.pid());
  BOOST_TEST_REQUIRE(WIFSIGNALED(status));
  return WCOREDUMP(status);
}

}  // namespace

BOOST_AUTO_TEST_CASE(over_http_nothing_secret_is_left_behind) {
  RawServer provider([](Connection& connection) {
    for (auto request = connection.read_request(); !request.empty(); request = connection.read_request()) {
      connection.answer(repeat(request), "201 Created");
    }
  });
  check(provider.url(), "");
}

BOOST_AUTO_TEST_CASE(over_https_nothing_secret_is_left_behind) {
  const TemporaryDirectory directory;
  const Certificate certificate(directory, "server", "IP:127.0.0.1");
  RawServer provider([&](Connection& connection) { speak_tls(connection, certificate, repeat); });
  check("https://127.0.0.1:" + std::to_string(provider.port()), certificate.certificate_file);
}

BOOST_AUTO_TEST_CASE(the_command_line_leaves_no_core_file) {
  const TemporaryDirectory directory;
  if (!dumps_core(directory, {"/bin/sleep", "60"}, [] { return true; })) {
    BOOST_TEST_MESSAGE("this machine lets no process leave a core file");
    return;
  }
  RawServer silent([](Connection& connection) {
    while (!connection.read_request().empty()) {
    }
  });
  const auto file = directory.write("m.json", R"({"messenger":{"type":"Generic","name":"m","connectTimeout":9000,)"
                                              R"("readTimeout":9000,"url":")" +
                                                  silent.url() + "\"}}");
  BOOST_TEST(!dumps_core(
      directory,
      {std::string(MESSENGER_BIN_DIR) + "/messenger-host", "send", "--messenger", file, "--to", "+1", "--text", "x"},
      [&] { return !silent.requests().empty(); }));
}
