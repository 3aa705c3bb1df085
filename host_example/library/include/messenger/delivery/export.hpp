// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_DELIVERY_EXPORT_HPP
#define MESSENGER_DELIVERY_EXPORT_HPP

/// What a host may call; the library is compiled with hidden visibility.
#define MESSENGER_DELIVERY_API __attribute__((visibility("default")))

#endif
