// SPDX-License-Identifier: Apache-2.0
// The one source of messenger_json; see ../CMakeLists.txt for why plugins embed Boost.JSON.
#include <boost/json/src.hpp>
