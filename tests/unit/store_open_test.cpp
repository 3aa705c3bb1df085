// SPDX-License-Identifier: Apache-2.0
// The files of SQLite and the key: made, found again, refused.
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "database.hpp"
#include "store/sql.hpp"
#include "store/sqlite_connection.hpp"

using namespace messenger::host;
using namespace messenger::test;
namespace fs = std::filesystem;

namespace {

const std::string first = "00000000-0000-0000-0000-000000000001";

// A database that holds one user, closed.
struct Closed : Database {
  Closed() {
    Store store(options());
    store.transact([](Transaction& transaction) { transaction.documents.put(Kind::user, {first, "kept", {}, {}}); });
  }

  std::string body(const StoreOptions& said) const {
    Store store(said);
    return store.with([](Transaction& transaction) { return transaction.documents.find(Kind::user, first); })->body;
  }
  // Refused, naming both files; and nothing was made or changed.
  std::string refused(const std::string& part) const {
    const auto before = fs::exists(key_file) ? contents(key_file) : "";
    auto said = refusal([this] { Store store(options()); });
    BOOST_TEST(contains(said, file), said);
    BOOST_TEST(contains(said, key_file), said);
    BOOST_TEST(contains(said, part), said);
    BOOST_TEST((fs::exists(key_file) ? contents(key_file) : "") == before);
    return said;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_new_database_and_its_key_are_the_owners_alone, Database) {
  const auto umask = ::umask(0);
  const Store store(options());
  ::umask(umask);
  for (const auto& path : {file, key_file, file + "-wal", file + "-shm"}) {
    BOOST_TEST_REQUIRE(fs::exists(path), path);
    BOOST_TEST((fs::status(path).permissions() == fs::perms(0600)), path);
  }
  BOOST_TEST(contents(key_file).size() == 65U);
  BOOST_TEST(std::distance(fs::directory_iterator(directory.path("")), {}) == 4);  // no draft is left
}

BOOST_FIXTURE_TEST_CASE(what_is_kept_is_there_when_it_is_opened_again, Closed) {
  BOOST_TEST(body(options()) == "kept");
  const auto current = fs::current_path();
  fs::current_path(directory.path(""));
  BOOST_TEST(body({"sqlite:host.db", "host.db.key"}) == "kept");
  fs::current_path(current);
}

BOOST_FIXTURE_TEST_CASE(the_key_can_lie_elsewhere_and_be_there_before_its_database, Closed) {
  fs::rename(key_file, directory.path("elsewhere"));
  BOOST_TEST(body({"sqlite:" + file, directory.path("elsewhere")}) == "kept");
  const auto key = contents(directory.path("elsewhere"));
  const StoreOptions another{"sqlite:" + directory.path("new.db"), directory.path("elsewhere")};
  static_cast<void>(Store{another});
  BOOST_TEST(contents(directory.path("elsewhere")) == key);
}

BOOST_FIXTURE_TEST_CASE(no_key_is_made_beside_a_database_that_has_one, Closed) {
  fs::remove(key_file);
  refused("missing");
  BOOST_TEST(!fs::exists(key_file));
}

BOOST_FIXTURE_TEST_CASE(another_databases_key_is_refused, Closed) {
  const Database other;
  static_cast<void>(Store{other.options()});
  fs::copy_file(other.key_file, key_file, fs::copy_options::overwrite_existing);
  const auto said = refused("another database");
  BOOST_TEST(!contains(said, contents(key_file).substr(0, 64)));
}

BOOST_FIXTURE_TEST_CASE(a_key_file_that_others_may_read_is_refused, Closed) {
  for (const unsigned mode : {0640U, 0604U, 0620U, 0601U}) {
    fs::permissions(key_file, fs::perms(mode));
    refused("0600");
  }
  fs::permissions(key_file, fs::perms(0400));
  BOOST_TEST(body(options()) == "kept");
}

BOOST_FIXTURE_TEST_CASE(a_key_file_that_holds_anything_else_is_refused, Closed) {
  const auto good = contents(key_file);
  for (const auto& text : {std::string(), good.substr(1), good + "0", good + "\n", std::string(64, 'x'), " " + good,
                           good.substr(0, 63) + "\n"}) {
    std::ofstream(key_file) << text;
    refused("64 hex digits");
  }
  std::ofstream(key_file) << good.substr(0, 64);
  BOOST_TEST(body(options()) == "kept");
}

BOOST_FIXTURE_TEST_CASE(a_key_file_that_is_no_plain_file_is_refused, Closed) {
  fs::rename(key_file, directory.path("target"));
  fs::create_symlink(directory.path("target"), key_file);
  refused("symbolic link");
  fs::remove(key_file);
  BOOST_TEST_REQUIRE(::mkfifo(key_file.c_str(), 0600) == 0);
  BOOST_TEST(contains(refusal([this] { Store store(options()); }), "no regular file"));
  fs::remove(key_file);
  fs::create_directory(key_file);
  BOOST_TEST(contains(refusal([this] { Store store(options()); }), "no regular file"));
}

BOOST_FIXTURE_TEST_CASE(what_is_no_database_of_ours_is_refused, Database) {
  const auto refuses = [](const std::string& database, const std::string& part) {
    const auto said = refusal([&] { Store store({database, {}}); });
    BOOST_TEST(contains(said, part), said);
  };
  refuses("mysql:host=x", "sqlite:FILE");
  refuses("postgresql:", "sqlite:FILE");
  refuses("sqlite:", "sqlite:FILE");
  refuses("host.db", "sqlite:FILE");
  refuses("sqlite:" + directory.path("absent/host.db"), "absent/host.db");
  refuses("sqlite:" + directory.path("a\"b"), "quotation mark");
  fs::create_directory(directory.path("d"));
  refuses("sqlite:" + directory.path("d"), directory.path("d"));
  directory.write("host.db", std::string(5'000, 'j'));
  std::ofstream(key_file) << std::string(64, 'a');
  fs::permissions(key_file, fs::perms(0600));
  refuses("sqlite:" + file, "not a database");
}

BOOST_FIXTURE_TEST_CASE(a_name_with_blanks_and_signs_is_a_name_like_any_other, Database) {
  const auto name = directory.path("a b=c 'd' ?mode=memory #%41.db");
  const Store store{{"sqlite:" + name, {}}};
  BOOST_TEST(fs::exists(name));
  BOOST_TEST(fs::exists(name + ".key"));
}

BOOST_FIXTURE_TEST_CASE(a_commit_waits_for_the_disk, Database) {
  SqliteConnection connection(file);
  const auto setting = [&](const char* name) {
    return std::get<0>(query<std::string>(connection, std::string("PRAGMA ") + name).at(0));
  };
  BOOST_TEST(setting("synchronous") == "2");  // FULL
  BOOST_TEST(setting("journal_mode") == "wal");
  BOOST_TEST(setting("foreign_keys") == "1");
  BOOST_TEST(setting("secure_delete") == "1");
}
