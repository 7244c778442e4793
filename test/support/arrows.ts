// SPDX-License-Identifier: Apache-2.0
// The arrows: which room of src may import from which. A test holds every file to them, and ARCHITECTURE.md to the same.

const door = ['app', 'core'];
const doors = ['mail', 'web', 'api', 'mcp', 'worker', 'cli'];

/** Each room, and the rooms that it may import from. Files of one room may always import each other. ARCHITECTURE.md shows the same. */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  core: [],
  policy: ['core'],
  duplicates: ['core'],
  formats: ['core'],
  // Documents and entries to the paths and bytes of a whole site.
  site: ['core', 'formats'],
  notices: ['core'],
  ports: ['core'],
  app: ['core', 'policy', 'formats', 'site', 'notices', 'duplicates', 'ports'],
  adapters: ['ports', 'core'],
  // How routes are registered, for every door that speaks HTTP.
  http: ['app', 'core'],
  mail: door,
  web: [...door, 'http'],
  api: [...door, 'http'],
  mcp: [...door, 'http'],
  worker: door,
  // Commands without a server show what the pure rooms and the mail reader say of a file.
  cli: [...door, 'policy', 'formats', 'duplicates', 'mail'],
  // The composition root: installation.ts sees the adapters, serve.ts the doors; main.ts puts the two together, and so does demo.ts.
  'config.ts': [],
  'installation.ts': ['config.ts', 'app', 'core', 'ports', 'adapters'],
  'serve.ts': ['config.ts', 'installation.ts', 'app', 'core', 'policy', 'http', ...doors],
  // Invented people and cases, made by the same actions as everybody's.
  demo: ['app', 'core', 'ports'],
  'demo.ts': ['config.ts', 'installation.ts', 'serve.ts', 'demo', 'app', 'core', 'policy', 'ports', 'adapters', ...doors],
  // What is measured, and by what it is measured; bench.ts gives it an installation and an anchor.
  bench: ['app', 'core', 'ports'],
  'bench.ts': ['config.ts', 'installation.ts', 'serve.ts', 'bench', 'app', 'core', 'adapters', 'web'],
  'main.ts': ['config.ts', 'installation.ts', 'serve.ts', 'demo.ts', 'bench.ts', 'app', 'core', 'policy', 'ports', ...doors],
};
