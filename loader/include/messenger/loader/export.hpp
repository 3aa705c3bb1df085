// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_LOADER_EXPORT_HPP
#define MESSENGER_LOADER_EXPORT_HPP

/// What a host may call; the library is compiled with hidden visibility.
#define MESSENGER_LOADER_API __attribute__((visibility("default")))

#endif
