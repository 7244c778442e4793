// SPDX-License-Identifier: Apache-2.0
// Some of both real archives, taken over and published: what somebody outside can check. test/long takes all of them.

import { checkImportedSites } from './imported-checks.ts';

checkImportedSites(24, 10);
