// SPDX-License-Identifier: Apache-2.0
// How git is started here: with nobody's configuration, and asking nobody anything.

/** Longest that one call of git may take, in milliseconds. */
export const patience = 10_000;

export const gitEnvironment = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'safe.directory',
  GIT_CONFIG_VALUE_0: '*',
} as const;
