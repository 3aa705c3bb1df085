// SPDX-License-Identifier: Apache-2.0
#include "support/fake_host.hpp"

#include <dlfcn.h>
#include <messenger/certificates.h>
#include <strings.h>

#include <boost/json.hpp>
#include <stdexcept>

struct msgr_http_endpoint {
  messenger::test::FakeHost* host;
  std::string url;
  bool closing = false;
};

namespace messenger::test {
namespace {

std::string text_of(msgr_str text) {
  return text.ptr == nullptr ? std::string() : std::string(text.ptr, text.len);
}
msgr_str str_of(std::string_view text) {
  return {text.data(), text.size()};
}
msgr_str str_or_absent(const std::string& text) {
  return text.empty() ? msgr_str{nullptr, 0} : str_of(text);
}

Pairs pairs_of(const msgr_pair* first, std::size_t count) {
  Pairs pairs;
  for (std::size_t i = 0; i < count; ++i) {
    pairs.emplace_back(text_of(first[i].name), text_of(first[i].value));
  }
  return pairs;
}

}  // namespace

struct FakeHost::Table {
  struct Host : msgr_host {
    FakeHost* self;
  } host{};
  struct Http : msgr_http {
    FakeHost* self;
  } http{};
  struct Certificates : msgr_certificates {
    FakeHost* self;
  } certificates{};
};

/// The functions behind the two tables.
struct FakeHttp {
  static FakeHost& of(const msgr_host* host) { return *static_cast<const FakeHost::Table::Host*>(host)->self; }

  static void log(const msgr_host* host, std::int32_t, msgr_str text) { of(host).logs.push_back(text_of(text)); }
  static std::uint64_t now(const msgr_host* host) { return of(host).now_ns; }
  static void complete(const msgr_host* host, std::uint64_t ticket, std::int32_t outcome, const msgr_result* result) {
    const msgr_result none{};
    const msgr_result& given = result == nullptr ? none : *result;
    of(host).completions.push_back({ticket, outcome, given.http_status, given.retry_after_ms,
                                    text_of(given.provider_id), text_of(given.provider_code), text_of(given.detail)});
  }
  static std::uint32_t output(const msgr_host* host, std::uint64_t, msgr_str json) {
    FakeHost& self = of(host);
    self.outputs.push_back(text_of(json));
    return self.wants_more && !self.wants_more(self.outputs.back()) ? 0 : 1;
  }
  static const void* extension(const msgr_host* host, const char* id) {
    FakeHost& self = of(host);
    if (!self.certificates.empty() && std::string_view(id) == MSGR_CERTIFICATES_1) {
      return &self.table_->certificates;
    }
    return self.offers_http && std::string_view(id) == MSGR_HTTP_1 ? &self.table_->http : nullptr;
  }
  static std::uint32_t find(const msgr_certificates* table, msgr_str id, msgr_certificate_fn found, void* ctx) {
    const FakeHost& self = *static_cast<const FakeHost::Table::Certificates*>(table)->self;
    const auto at = self.certificates.find(text_of(id));
    if (at == self.certificates.end()) {
      return 0;
    }
    const msgr_certificate one{sizeof(one), 0, str_of(at->second), str_of(at->second), {nullptr, 0}};
    found(ctx, &one);
    return 1;
  }

  static msgr_http_endpoint* open(const msgr_http* http, const msgr_host*, const msgr_http_endpoint_config* config,
                                  msgr_issue_fn issue, void* ctx) {
    FakeHost& self = *static_cast<const FakeHost::Table::Http*>(http)->self;
    if (!self.open_issue.empty() && (self.refused_url.empty() || self.refused_url == text_of(config->url))) {
      const msgr_issue one{sizeof(one), 0, str_of(self.open_issue), str_of("invalid"), str_of("The fake refuses.")};
      issue(ctx, &one);
      return nullptr;
    }
    self.opened.push_back({text_of(config->url), text_of(config->username), text_of(config->password),
                           config->username.ptr != nullptr, config->connect_timeout_ms, config->read_timeout_ms,
                           pairs_of(config->headers, config->header_count), text_of(config->client_certificate),
                           text_of(config->client_key), config->max_response_bytes});
    return new msgr_http_endpoint{&self, text_of(config->url)};
  }
  // As the service does: what is open is cancelled before it returns.
  static void close(msgr_http_endpoint* endpoint) {
    if (endpoint == nullptr) {
      return;
    }
    FakeHost& self = *endpoint->host;
    endpoint->closing = true;
    for (std::size_t i = 0; i < self.sent.size(); ++i) {
      if (self.sent[i].open && self.sent[i].endpoint == endpoint) {
        self.answer({.failure = MSGR_HTTP_CANCELLED}, i);
      }
    }
    ++self.closed;
    delete endpoint;
  }
  static std::uint32_t request(msgr_http_endpoint* endpoint, const msgr_http_request* request) {
    FakeHost& self = *endpoint->host;
    if (self.request_answer != MSGR_HTTP_STARTED) {
      return self.request_answer;
    }
    if (endpoint->closing) {
      return MSGR_HTTP_UNAVAILABLE;
    }
    self.sent.push_back({request->ticket, request->deadline_ns, text_of(request->method), text_of(request->target),
                         text_of(request->content_type), text_of(request->body), request->content_type.ptr != nullptr,
                         pairs_of(request->headers, request->header_count), request->done, request->ctx, endpoint->url,
                         endpoint});
    return MSGR_HTTP_STARTED;
  }
  static void cancel(msgr_http_endpoint* endpoint, std::uint64_t ticket) {
    endpoint->host->cancelled.push_back(ticket);
  }
  static msgr_str header(const msgr_http_response* response, const char* name) {
    for (const auto& [key, value] : static_cast<const FakeResponse::Raw*>(response)->answer->headers) {
      if (strcasecmp(key.c_str(), name) == 0) {
        return str_of(value);
      }
    }
    return {nullptr, 0};
  }
};

FakeResponse::FakeResponse(const Answer& answer, std::uint64_t ticket) {
  static_cast<msgr_http_response&>(raw_) = {
      sizeof(msgr_http_response), answer.failure, answer.request_sent, answer.status, ticket, str_of(answer.body), {}};
  raw_.answer = &answer;
}

const msgr_http& FakeResponse::http() {
  static const msgr_http table{sizeof(table), 0, nullptr, nullptr, nullptr, nullptr, &FakeHttp::header};
  return table;
}

RawMessage::RawMessage(const TestMessage& message) {
  for (const auto& [name, value] : message.attributes) {
    attributes_.push_back({str_of(name), str_of(value)});
  }
  raw_ = {sizeof(raw_),         message.flags,      message.expires_ns,
          str_of(message.kind), str_of(message.to), str_or_absent(message.from),
          str_of(message.body), {nullptr, 0},       attributes_.data(),
          attributes_.size()};
}

msgr_op raw_op(const TestOp& op) {
  return {sizeof(msgr_op),
          1,
          op.ticket,
          9'000'000'000'000,
          str_or_absent(op.idempotency_key),
          str_or_absent(op.traceparent)};
}

/// Walks a JSON document as a host does.
struct Flattener {
  FlatConfig& out;

  void add(const std::string& pointer, std::string text, std::uint32_t type) const {
    const msgr_str where = out.keep(pointer);
    const msgr_str what = out.keep(std::move(text));
    out.fields_.push_back({where, what, type, 0});
  }
  static std::string escaped(std::string_view name) {
    std::string token;
    for (const char c : name) {
      token += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    }
    return token;
  }
  void walk(const std::string& pointer, const boost::json::value& value) const {
    if (value.is_structured() && (!pointer.empty() || value.is_array())) {
      add(pointer, "", value.is_object() ? MSGR_OBJECT : MSGR_ARRAY);
    }
    if (const auto* object = value.if_object()) {
      for (const auto& member : *object) {
        walk(pointer + "/" + escaped({member.key().data(), member.key().size()}), member.value());
      }
    } else if (const auto* array = value.if_array()) {
      for (std::size_t i = 0; i < array->size(); ++i) {
        walk(pointer + "/" + std::to_string(i), (*array)[i]);
      }
    } else if (const auto* text = value.if_string()) {
      add(pointer, {text->data(), text->size()}, MSGR_STRING);
    } else {
      add(pointer, boost::json::serialize(value), scalar_type(value));
    }
  }
  static std::uint32_t scalar_type(const boost::json::value& value) {
    if (value.is_null()) {
      return MSGR_NULL;
    }
    return value.is_bool() ? MSGR_BOOLEAN : MSGR_NUMBER;
  }
};

const msgr_str& FlatConfig::keep(std::string text) {
  auto& [kept, view] = texts_.emplace_back(std::move(text), msgr_str{});
  view = str_of(kept);
  return view;
}

FlatConfig::FlatConfig(std::string_view json) {
  Flattener{*this}.walk("", boost::json::parse({json.data(), json.size()}));
  raw_ = {sizeof(raw_), 0, str_of("{}"), fields_.data(), fields_.size()};
}

void Problems::add(void* ctx, const msgr_issue* issue) {
  auto& self = *static_cast<Problems*>(ctx);
  self.found.push_back(text_of(issue->code) + " " + text_of(issue->pointer));
  self.texts += text_of(issue->text) + "\n";
}

FakeHost::FakeHost() : table_(std::make_shared<Table>()) {
  static_cast<msgr_host&>(table_->host) = {sizeof(msgr_host),       MSGR_ABI_MINOR,          &FakeHttp::log,
                                           &FakeHttp::now,          &FakeHttp::complete,     &FakeHttp::extension,
                                           [](const msgr_host*) {}, [](const msgr_host*) {}, &FakeHttp::output};
  static_cast<msgr_http&>(table_->http) = {
      sizeof(msgr_http), 0, &FakeHttp::open, &FakeHttp::close, &FakeHttp::request, &FakeHttp::cancel,
      &FakeHttp::header};
  static_cast<msgr_certificates&>(table_->certificates) = {sizeof(msgr_certificates), 0, &FakeHttp::find};
  table_->host.self = table_->http.self = table_->certificates.self = this;
}

const msgr_host* FakeHost::raw() const {
  return &table_->host;
}

void FakeHost::answer(const Answer& answer, std::size_t index) {
  SentRequest& request = sent.at(index);
  request.open = false;
  const FakeResponse response(answer, request.ticket);
  request.done(request.ctx, &response.raw());  // may send again, which moves the requests
}

std::string FakeHost::said() const {
  std::string all;
  for (const std::string& line : logs) {
    all += line + "\n";
  }
  for (const Completion& one : completions) {
    all += one.provider_id + "\n" + one.provider_code + "\n" + one.detail + "\n";
  }
  return all;
}

Library::Library(const std::string& path) {
  void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    throw std::runtime_error(dlerror());
  }
  entry_ = reinterpret_cast<const msgr_plugin* (*)(std::uint32_t)>(dlsym(handle, "msgr_plugin_v1"));
  if (entry_ == nullptr) {
    throw std::runtime_error(path + ": no msgr_plugin_v1");
  }
}

bool has_constant_schema(const msgr_plugin& plugin) {
  Dl_info schema{}, code{};
  return dladdr(plugin.config_schema.ptr, &schema) != 0 &&
         dladdr(reinterpret_cast<const void*>(plugin.send), &code) != 0 && schema.dli_fbase == code.dli_fbase;
}

Instance::Instance(FakeHost& host, const msgr_plugin& plugin, std::string_view json) : plugin_(plugin) {
  const FlatConfig config(json);
  instance_ = plugin.configure(host.raw(), &config.raw(), &Problems::add, &problems_);
}

Instance::~Instance() {
  if (instance_ != nullptr) {
    plugin_.destroy(instance_);
  }
}

void Instance::send(const TestMessage& message, const TestOp& op) const {
  const RawMessage raw(message);
  const msgr_op one = raw_op(op);
  plugin_.send(instance_, &one, &raw.raw());
}

void Instance::call(std::string_view operation, std::string_view json, const TestOp& op) {
  const msgr_operations& all = *operations_of(plugin_);
  std::uint32_t index = 0;
  while (index < all.operation_count && all.operations[index].name != operation) {
    ++index;
  }
  if (index == all.operation_count) {
    throw std::out_of_range(std::string(operation));
  }
  Running& one = running_.emplace_back(Running{FlatConfig(json), {}, raw_op(op)});
  const msgr_config& input = one.input.raw();
  one.call = {sizeof(msgr_call), index, input.json, input.fields, input.field_count};
  all.call(instance_, &one.op, &one.call);
}

const msgr_operations* operations_of(const msgr_plugin& plugin) {
  return plugin.get_extension == nullptr ? nullptr
                                         : static_cast<const msgr_operations*>(plugin.get_extension(MSGR_OPERATIONS_1));
}

Problems validate(const FakeHost& host, const msgr_plugin& plugin, std::string_view json) {
  Problems problems;
  const FlatConfig config(json);
  const std::uint32_t count = plugin.validate(host.raw(), &config.raw(), &Problems::add, &problems);
  if (count != problems.found.size()) {
    throw std::runtime_error("validate miscounts its problems");
  }
  return problems;
}

}  // namespace messenger::test
