import * as vscode from 'vscode';
import type { ServersApi } from '../api/client.ts';
import type { Account, AccountOwner } from '../core/account.ts';
import { AppError, isKind } from '../core/errors.ts';
import { toAccountId } from '../core/refs.ts';
import { toPlainLine } from '../core/text.ts';
import { checkToken } from '../core/pastedToken.ts';
import { checkApiUrl } from '../core/apiUrl.ts';
import type { CommandContext } from '../host/commandContext.ts';
import { askText } from '../host/inputBox.ts';
import { tokenPageUrl, viewId } from '../ids.ts';
import { isOtherOwner } from '../state/accountChanges.ts';
import { errorText } from '../text/errors.ts';
import { asSentence } from '../text/sentences.ts';
import { apiUrlProblemText, tokenProblemText } from '../text/validation.ts';

/**
 * Sign In...: adds an account, or replaces the token of the account whose row was clicked. Without a row, it replaces the token
 * of the only account where VPS.org rejected it.
 */
export async function signIn(context: CommandContext, [row]: readonly unknown[]): Promise<void> {
  const { all } = context.sessions;
  const [only] = all;
  const rejectedId = all.length === 1 && only?.isRejected ? only.account.id : undefined;
  const accountId = toAccountId(row) ?? rejectedId;
  const known = all.find(
    ({ account }) => account.id === accountId && account.kind === 'token',
  )?.account;
  const apiUrl = apiUrlFor(context, known);
  const accepted = apiUrl && (await askToken(context, apiUrl, known));
  if (accepted) {
    // Before the account is saved: by the time its servers appear, the focus may be elsewhere, and moving it closes a quick pick.
    await vscode.commands.executeCommand(`${viewId}.focus`);
    await saveAccount(context, apiUrl, accepted, known);
  }
}

/** Sign In... in the view's menu. VS Code passes the focused row there too, which does not choose the account. */
export function signInFromView(context: CommandContext): Promise<void> {
  return signIn(context, []);
}

interface Accepted {
  readonly token: string;
  readonly owner: AccountOwner | undefined;
}

async function saveAccount(
  { accounts, messages }: CommandContext,
  apiUrl: string,
  { token, owner }: Accepted,
  known: Account | undefined,
): Promise<void> {
  const stored = accounts.accounts.find((account) => account.id === known?.id);
  const isOther = stored !== undefined && isOtherOwner(stored, owner?.email);
  const replaced = isOther ? undefined : known;
  const label = replaced?.label ?? ownerLabel(owner) ?? (await askLabel(new URL(apiUrl).host));
  const { account, updated } = await accounts.save(
    { kind: 'token', apiUrl, label, token, owner: owner?.email },
    replaced?.id,
  );
  if (isOther) {
    messages.info(
      vscode.l10n.t(
        'This token belongs to "{0}", not to "{1}". It was added as a separate account.',
        account.label,
        stored.label,
      ),
    );
  }
  messages.flash(
    updated
      ? vscode.l10n.t('Updated the token of {0}', account.label)
      : vscode.l10n.t('Signed in to VPS.org as {0}', account.label),
  );
}

type Check =
  | { readonly kind: 'valid'; readonly owner: AccountOwner | undefined }
  | { readonly kind: 'rejected'; readonly error: AppError }
  | { readonly kind: 'unreachable'; readonly error: AppError };

/** Checks a token with the account endpoint, and with `GET /servers/` where that does not return an owner. */
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
    return isKind(error, 'unauthorized')
      ? { kind: 'rejected', error }
      : { kind: 'unreachable', error: AppError.from(error) };
  }
}

function rejectedText({ serverMessage }: AppError): string {
  return serverMessage === undefined
    ? vscode.l10n.t('VPS.org rejected this token. Check that it is complete and still active.')
    : vscode.l10n.t(
        'VPS.org rejected this token: {0} Check that it is complete and still active.',
        asSentence(serverMessage),
      );
}

function ownerLabel(owner: AccountOwner | undefined): string | undefined {
  return owner?.email ?? owner?.company ?? owner?.name ?? owner?.tokenName;
}

/** The account's API address, or the setting for a new account. Undefined, with a message, where the address is unusable. */
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

/** Whether to save a token that could not be checked. Undefined where the question was closed. */
async function shouldSaveAnyway(
  context: CommandContext,
  error: AppError,
): Promise<boolean | undefined> {
  const save = vscode.l10n.t('Save Anyway');
  const retry = vscode.l10n.t('Retry');
  const answer = await context.messages.decide(
    vscode.l10n.t("Couldn't check the token."),
    vscode.l10n.t(
      '{0} You can save the token without the check. It is used once VPS.org responds.',
      errorText(error),
    ),
    [retry, save],
  );
  return answer === undefined ? undefined : answer === save;
}

async function askLabel(host: string): Promise<string> {
  const label = await vscode.window.showInputBox({
    title: vscode.l10n.t('Name This Account'),
    prompt: vscode.l10n.t('The owner of this token is unknown. Enter a name for the account.'),
    value: host,
    ignoreFocusOut: true,
  });
  return toPlainLine(label ?? '', 80) || host;
}

async function askToken(
  context: CommandContext,
  apiUrl: string,
  account: Account | undefined,
): Promise<Accepted | undefined> {
  const { host } = new URL(apiUrl);
  let accepted: Accepted | undefined;
  await askText({
    title: account
      ? vscode.l10n.t('Sign In Again to {0}', account.label)
      : vscode.l10n.t('Sign In to VPS.org'),
    prompt: vscode.l10n.t(
      "Paste your API token. It is kept in VS Code's secret storage and sent only to {0}.",
      host,
    ),
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
        const result = await check(await context.makeApi(apiUrl, token.value), signal);
        if (result.kind === 'rejected') {
          return rejectedText(result.error);
        }
        const isSaved = result.kind === 'valid' || (await shouldSaveAnyway(context, result.error));
        if (isSaved === undefined && result.kind === 'unreachable') {
          return errorText(result.error);
        }
        if (isSaved) {
          accepted = {
            token: token.value,
            owner: result.kind === 'valid' ? result.owner : undefined,
          };
          return undefined;
        }
      }
    },
  });
  return accepted;
}
