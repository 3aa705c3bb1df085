// SPDX-License-Identifier: Apache-2.0
// Message types over REST.
#include "api/message_type_routes.hpp"

#include "delivery/message_types.hpp"
#include "document_routes.hpp"

using namespace messenger::test;
namespace host = messenger::host;

namespace {

const std::string all = "/api/message/type";
const std::string third_id = "00000000-0000-0000-0000-000000000003";

struct Site : DocumentRoutes {
  Site() {
    put(host::Kind::messenger, {first_id, "{}", {"first"}, {}});
    put(host::Kind::messenger, {second_id, "{}", {"second"}, {}});
  }

  static std::string body(const std::string& name, const std::string& messengers,
                          const std::string& more = R"(,"priority":"code","lifetimeSeconds":60,"selection":"weight")") {
    return R"({"messageType":{"name":")" + name + R"(","messengers":[)" + messengers + "]" + more + "}}";
  }
  static std::string carrier(const std::string& id, int weight = 1) {
    return R"({"messengerId":")" + id + R"(","weight":)" + std::to_string(weight) + "}";
  }

  RouterClient types{{host::message_type_routes(store), host::tenant_routes(store)}, log};
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_message_type_is_made_shown_changed_and_deleted, Site) {
  const auto made = types.object("POST", all + "/" + third_id, body("Codes", carrier(first_id, 3))).at("messageType");
  BOOST_TEST(made.at("id").as_string() == third_id);
  BOOST_TEST(made.at("priority") == "code");
  BOOST_TEST(made.at("lifetimeSeconds") == 60);
  BOOST_TEST(made.at("messengers").at(0).at("weight") == 3);
  BOOST_TEST((types.object("GET", all + "/" + third_id).at("messageType") == made));
  BOOST_TEST(types.object("GET", all).at("messageTypes").as_array().size() == 1U);
  const auto patched =
      types.object("PATCH", all + "/" + third_id, R"({"messageType":{"messengers":[)" + carrier(second_id) + "]}}");
  BOOST_TEST(patched.at("messageType").at("messengers").as_array().size() == 1U);
  BOOST_TEST(patched.at("messageType").at("messengers").at(0).at("messengerId").as_string() == second_id);
  const auto replaced = types.object("PUT", all + "/" + third_id, body("Codes", carrier(first_id), ""));
  BOOST_TEST(!replaced.at("messageType").as_object().contains("priority"));
  BOOST_TEST(types.text("DELETE", all + "/" + third_id) == "200");
  BOOST_TEST(types.text("GET", all + "/" + third_id) == "404");
  BOOST_TEST(types.text("PUT", all + "/" + third_id, body("Codes", carrier(first_id))) == "404");
}

BOOST_FIXTURE_TEST_CASE(its_messengers_exist_and_are_in_use, Site) {
  BOOST_TEST(types.codes("POST", all, body("Codes", carrier(first_id) + "," + carrier(third_id))) ==
             "[invalid]messageType.messengers.1.messengerId");
  types.object("POST", all, body("Codes", carrier(first_id) + "," + carrier(second_id)));
  store.transact([](host::Transaction& transaction) {
    for (const std::string& id : {first_id, second_id}) {
      const auto users = transaction.documents.users_of(host::Kind::messenger, id);
      BOOST_TEST_REQUIRE(users.size() == 1U);
      BOOST_TEST((users.front().kind == host::Kind::message_type));
    }
  });
}

BOOST_FIXTURE_TEST_CASE(what_is_wrong_with_it_is_told_by_field, Site) {
  BOOST_TEST(types.codes("POST", all, body("", carrier(first_id, 0), R"(,"priority":"soon","foo":1)")) ==
             "[invalid]messageType.foo; [invalid]messageType.messengers.0.weight; [blank]messageType.name; "
             "[invalid]messageType.priority");
  types.object("POST", all, body("Codes", carrier(first_id)));
  BOOST_TEST(types.codes("POST", all, body("Codes", carrier(first_id))) == "[duplicate]messageType.name");
  BOOST_TEST(types.codes("POST", all, body("None", "")) == "[invalid]messageType.messengers");
}

BOOST_FIXTURE_TEST_CASE(a_tenant_may_choose_it_in_place_of_a_messenger, Site) {
  put(host::Kind::message_template, {second_id, R"({"defaultTemplate":"${code}"})", {"t"}, {}});
  const auto sms = [](const std::string& route) {
    return R"({"tenant":{"name":"Mine","multiFactorConfiguration":{"sms":{"enabled":true,"templateId":")" + second_id +
           "\"" + route + "}}}}";
  };
  BOOST_TEST(types.codes("PUT", tenant_path(), sms("")) == "[blank]tenant.multiFactorConfiguration.sms.messengerId");
  BOOST_TEST(types.codes("PUT", tenant_path(), sms(R"(,"messageTypeId":")" + third_id + "\"")) ==
             "[invalid]tenant.multiFactorConfiguration.sms.messageTypeId");
  types.object("POST", all + "/" + third_id, body("Codes", carrier(first_id)));
  types.object("PUT", tenant_path(), sms(R"(,"messageTypeId":")" + third_id + "\""));
  const auto settings = store.with([](host::Transaction& transaction) { return host::current_settings(transaction); });
  BOOST_TEST(settings.message_type_id == third_id);
  BOOST_TEST(settings.messenger_id == "");
  BOOST_TEST(types.codes("DELETE", all + "/" + third_id) == "[inUse]messageTypeId");
}

BOOST_FIXTURE_TEST_CASE(it_stays_while_messages_wait_for_it, Site) {
  types.object("POST", all + "/" + third_id, body("Codes", carrier(first_id)));
  host::NewMessage message;
  message.id = "00000000-0000-0000-0000-000000000009";
  message.route = "messageType/" + third_id;
  message.due = 1;
  message.expires = 1'000;
  store.transact([&](host::Transaction& transaction) { transaction.outbox.add(message); });
  BOOST_TEST(types.codes("DELETE", all + "/" + third_id) == "[inUse]messageTypeId");
  BOOST_TEST(host::erase_message_type(store, third_id).size() == 1U);
  store.transact([&](host::Transaction& transaction) { transaction.outbox.cancel(message.id, 2, "Called off."); });
  BOOST_TEST(types.text("DELETE", all + "/" + third_id) == "200");
}
