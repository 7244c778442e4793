// SPDX-License-Identifier: Apache-2.0
// Asking a running server, for the commands that speak to one.

/** Where it is, and who asks: the token of a session. */
export interface Server {
  readonly baseUrl: string;
  readonly token: string;
}

export type Asked = { readonly status: number; readonly body: unknown } | { readonly failure: string };

/** GET without a body, POST with one. What went wrong on the way is a sentence. */
export async function askServer({ baseUrl, token }: Server, path: string, body: object | null): Promise<Asked> {
  if (token === '') return { failure: 'DAYLIGHT_TOKEN is not set: expected the token of your session.' };
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  try {
    const answer = await fetch(baseUrl + path, { headers, ...(body === null ? {} : { method: 'POST', body: JSON.stringify(body) }) });
    return { status: answer.status, body: await answer.json().catch(() => ({})) };
  } catch {
    return { failure: `${baseUrl} does not answer; DAYLIGHT_BASE_URL says where the server is.` };
  }
}
