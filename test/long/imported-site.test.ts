// SPDX-License-Identifier: Apache-2.0
// Both real archives, whole, taken over and published: what somebody outside can check of every file.

import { checkImportedSites } from '../site/imported-checks.ts';

checkImportedSites(1, 200);
