// SPDX-License-Identifier: Apache-2.0
// One's own API tokens: what each may do, when it was used, when it ends; and a new one, shown once.

import { scopes } from '../../app/sign-in/api-tokens.ts';
import { tokenDays } from '../../app/sign-in/limits.ts';
import type { Instant } from '../../core/model/time.ts';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';
import { Moment } from './moment.tsx';
import { Notice } from './notice.tsx';
import { Part } from './part.tsx';
import { Post } from './post.tsx';

export interface OwnToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly used: Instant | null;
  readonly expires: Instant;
}

export type MadeToken = { readonly token: string; readonly sentence: null } | { readonly token: null; readonly sentence: string };

interface TokensProps {
  readonly frame: Frame;
  readonly tokens: readonly OwnToken[];
  readonly fresh: boolean;
  readonly made: MadeToken | null;
}

const meanings: Readonly<Record<(typeof scopes)[number], string>> = {
  'member:read': 'Read the lists that you read: the queue, the people',
  'member:act': 'Act on several cases at once',
  'case:read': 'Read the cases that you read',
  'case:act': 'Act on them, but never publish, move a date or let somebody in',
};

export function Tokens({ frame, tokens, fresh, made }: TokensProps) {
  return (
    <Part title="Your tokens" count={tokens.length} remark="for programs of yours, by the API; no token opens a page">
      {made === null ? null : <Made {...made} />}
      {tokens.length === 0 ? <p class="quiet">You have none.</p> : null}
      <ul class="said-list">
        {tokens.map((token) => (
          <li>
            <Post frame={frame} action={`${pathsOf(frame.project.id).account}/revoke-token`}>
              <input type="hidden" name="token" value={token.id} />
              <strong>{token.name}</strong>: {token.scopes.join(', ')}; ends <Moment at={token.expires} now={frame.now} />,{' '}
              {token.used === null ? 'not used yet' : 'last used '}
              {token.used === null ? null : <Moment at={token.used} now={frame.now} />}{' '}
              <button class="button is-quiet" type="submit">
                Revoke {token.name}
              </button>
            </Post>
          </li>
        ))}
      </ul>
      {fresh ? <NewToken frame={frame} /> : null}
    </Part>
  );
}

function Made({ token, sentence }: MadeToken) {
  if (token === null)
    return (
      <Notice title="No token was made" tone="danger" icon="cross" alert>
        <p>{sentence}</p>
      </Notice>
    );
  return (
    <Notice title="Your new token" tone="done" icon="key">
      <label class="label" for="made-token">
        Copy it now: it is not shown again.
      </label>
      <input class="input is-code" id="made-token" type="text" readonly value={token} />
    </Notice>
  );
}

function NewToken({ frame }: Pick<TokensProps, 'frame'>) {
  return (
    <Post frame={frame} action={`${pathsOf(frame.project.id).account}/make-token`} look="form stack">
      <div class="field">
        <label for="token-name">Name of the new token</label>
        <input class="input" id="token-name" name="name" type="text" maxlength={60} required />
      </div>
      <fieldset class="field">
        <legend>It may</legend>
        <div class="choices">
          {scopes.map((scope) => (
            <div class="choice">
              <input type="checkbox" id={`token-${scope}`} name="scopes" value={scope} />
              <label for={`token-${scope}`}>{meanings[scope]}</label>
              <span class="label id">{scope}</span>
            </div>
          ))}
        </div>
      </fieldset>
      <div class="field">
        <label for="token-days">Days until it ends, at most {tokenDays}</label>
        <input class="input is-short" id="token-days" name="days" type="number" min={1} max={tokenDays} value={30} required />
      </div>
      <p class="actions">
        <button class="button" type="submit">
          Make a token
        </button>
      </p>
    </Post>
  );
}
