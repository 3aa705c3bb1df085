// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace messenger::host {

/// For a program whose only user of SQLite is the store: SQLite does not guard each connection against other threads,
/// which the store does, and does not count its memory. For the whole process, plugins included, and before its first
/// connection; a library leaves that to its host. Throws StoreError when SQLite refuses, as when it is too late.
void claim_sqlite();

}  // namespace messenger::host
