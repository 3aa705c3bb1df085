// SPDX-License-Identifier: Apache-2.0
// Asio and Beast, compiled once for the host and for all tests.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
