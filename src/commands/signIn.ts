import * as vscode from 'vscode';
import type { ServersApi } from '../api/api.ts';
import type { Account, AccountId, AccountOwner } from '../core/account.ts';
import { AppError, isKind } from '../core/errors.ts';
import { toAccountId } from '../core/refs.ts';
import { toPlainLine } from '../core/text.ts';
import { checkApiUrl, checkToken } from '../core/validation.ts';
import { errorText } from '../host/errorText.ts';
import { askText } from '../host/inputBox.ts';
import { apiUrlProblemText, tokenProblemText } from '../host/problemText.ts';
import { tokenPageUrl, viewId } from '../ids.ts';
import { isOtherOwner } from '../state/accountStore.ts';
import type { CommandContext } from './context.ts';

/** Makes a way to the API for a token that is not kept yet, to check it. */
export type MakeApi = (apiUrl: string, token: string) => Promise<ServersApi>;

type Check =
  | { readonly kind: 'valid'; readonly owner: AccountOwner | undefined }
  | { readonly kind: 'rejected' }
  | { readonly kind: 'unreachable'; readonly error: AppError };

/** Asks who the token belongs to and, where the API does not tell, whether it opens the list (api.md, section 4). */
async function check(api: ServersApi, signal: AbortSignal): Promise<Check> {
  try {
    const owner = await api.getOwner({ signal });
    if (!owner) {
      await api.listServers({}, { signal });
    }
    return { kind: 'valid', owner };
  } catch (error) {
    if (isKind(error, 'cancelled')) {
      throw error;
    }
    return isKind(error, 'unauthorized') ? { kind: 'rejected' } : { kind: 'unreachable', error: AppError.from(error) };
  }
}

function ownerLabel(owner: AccountOwner | undefined): string | undefined {
  return owner?.email ?? owner?.company ?? owner?.name ?? owner?.tokenName;
}

/** The address that tokens are sent to: that of the account, or of the setting for a new one. */
function apiUrlFor(context: CommandContext, account: Account | undefined): string | undefined {
  const checked = checkApiUrl(account?.apiUrl ?? context.settings.apiUrl);
  if (checked.ok) {
    return checked.value;
  }
  context.messages.error(apiUrlProblemText(checked.problem), {
    title: vscode.l10n.t('Open Settings'),
    run: () => vscode.commands.executeCommand('workbench.action.openSettings', 'vpsOrg.apiUrl'),
  });
  return undefined;
}

/** Whether to keep a token that could not be checked. Undefined: the person wants neither, the box stays. */
async function keepAnyway(context: CommandContext, error: AppError): Promise<boolean | undefined> {
  const keep = vscode.l10n.t('Keep It Anyway');
  const again = vscode.l10n.t('Try Again');
  const answer = await context.messages.decide(
    vscode.l10n.t('The token could not be checked.'),
    vscode.l10n.t('{0} The token can be kept unchecked; it is used as soon as VPS.org answers.', errorText(error)),
    [again, keep],
  );
  return answer === undefined ? undefined : answer === keep;
}

async function askLabel(host: string): Promise<string> {
  const label = await vscode.window.showInputBox({
    title: vscode.l10n.t('Name This Account'),
    prompt: vscode.l10n.t('VPS.org does not tell whose token this is. What should the account be called?'),
    value: host,
    ignoreFocusOut: true,
  });
  return toPlainLine(label ?? '', 80) || host;
}

interface Accepted {
  readonly token: string;
  readonly owner: AccountOwner | undefined;
}

async function askToken(
  context: CommandContext,
  makeApi: MakeApi,
  apiUrl: string,
  account: Account | undefined,
): Promise<Accepted | undefined> {
  const { host } = new URL(apiUrl);
  let accepted: Accepted | undefined;
  await askText({
    title: account ? vscode.l10n.t('Sign In Again to {0}', account.label) : vscode.l10n.t('Sign In to VPS.org'),
    prompt: vscode.l10n.t('Paste your API token. It is kept in the secret storage of VS Code and sent to {0} only.', host),
    placeholder: vscode.l10n.t('API token'),
    isPassword: true,
    buttons: [
      {
        button: {
          iconPath: new vscode.ThemeIcon('link-external'),
          tooltip: vscode.l10n.t('Create an API Token on VPS.org'),
        },
        run: () => vscode.env.openExternal(vscode.Uri.parse(tokenPageUrl)),
      },
    ],
    submit: async (text, signal) => {
      const token = checkToken(text);
      if (!token.ok) {
        return tokenProblemText(token.problem);
      }
      for (;;) {
        const result = await check(await makeApi(apiUrl, token.value), signal);
        if (result.kind === 'rejected') {
          return vscode.l10n.t('VPS.org rejected this token. Is it complete, and still active?');
        }
        const isKept = result.kind === 'valid' || (await keepAnyway(context, result.error));
        if (isKept === undefined && result.kind === 'unreachable') {
          return errorText(result.error);
        }
        if (isKept) {
          accepted = { token: token.value, owner: result.kind === 'valid' ? result.owner : undefined };
          return undefined;
        }
      }
    },
  });
  return accepted;
}

/** Sign In...: for a new account, or again for the one that is named, whose servers then stay. */
export async function signIn(context: CommandContext, makeApi: MakeApi, accountId?: AccountId): Promise<void> {
  const known = context.sessions.all.find(
    (session) => session.account.id === accountId && session.account.kind === 'token',
  )?.account;
  const apiUrl = apiUrlFor(context, known);
  const accepted = apiUrl && (await askToken(context, makeApi, apiUrl, known));
  if (!accepted) {
    return;
  }
  const owner = accepted.owner?.email;
  const stored = context.accounts.accounts.find((account) => account.id === known?.id);
  const isOther = stored !== undefined && isOtherOwner(stored, owner);
  const kept = isOther ? undefined : known;
  const label = kept?.label ?? ownerLabel(accepted.owner) ?? (await askLabel(new URL(apiUrl).host));
  const { account, updated } = await context.accounts.save(
    { kind: 'token', apiUrl, label, token: accepted.token, owner },
    kept?.id,
  );
  if (isOther) {
    context.messages.info(
      vscode.l10n.t('This is a token of "{0}", not of "{1}": it was kept as an account of its own.', account.label, stored.label),
    );
  }
  context.messages.flash(
    updated
      ? vscode.l10n.t('The token of {0} was updated', account.label)
      : vscode.l10n.t('Signed in to VPS.org as {0}', account.label),
  );
  await vscode.commands.executeCommand(`${viewId}.focus`);
}

/** Sign In..., also for the account row that it was started from. */
export function registerSignIn(context: CommandContext, makeApi: MakeApi): void {
  const run = (row?: unknown): Promise<void> => {
    const rejected = context.sessions.all.filter((session) => session.isRejected);
    const [only] = rejected;
    // With one account whose token was rejected, "Sign In" on the view's screen means that one.
    const implied = context.sessions.all.length === 1 ? only?.account.id : undefined;
    return signIn(context, makeApi, toAccountId(row) ?? implied);
  };
  context.registry.register('vpsOrg.signIn', (row) => run(row));
  // From the view's menu, which VS Code hands the row with the focus, too: there it means a new account.
  context.registry.register('vpsOrg.signInView', () => run());
}
