import * as vscode from 'vscode';
import { escapeIcons } from '../core/text.ts';
import type { CommandContext } from '../host/commandContext.ts';
import { askText } from '../host/inputBox.ts';
import { resolveTarget } from '../host/serverPicker.ts';
import { reportRefused, splitByConnection } from './connectable.ts';
import type { Connectable } from './connectable.ts';
import { aliasFor } from './manageConfig.ts';
import { needsAlias, toRemoteAuthority } from './remoteAuthority.ts';
import { remoteExtensionFor, remoteExtensions } from './remoteExtensions.ts';
import { toFolder } from './remoteFolder.ts';
import { hasAddress } from './terminal.ts';

/** Open in Remote Window (SSH)... */
export async function openRemote(context: CommandContext, args: readonly unknown[]): Promise<void> {
  const target = await resolveTarget(context, args, {
    placeholder: vscode.l10n.t('Open which server in a remote window?'),
    none: vscode.l10n.t('There is no server with an IP address.'),
    accepts: (server) => hasAddress({ server }),
  });
  const { able, refused } = splitByConnection(await context.ssh(), target ? [target] : []);
  reportRefused(context, refused);
  const [connectable] = able;
  if (!connectable || !mayOpenRemote(context, connectable)) {
    return;
  }
  const alias = await aliasFor(context, connectable);
  if (alias === undefined && needsAlias(connectable.ssh)) {
    return;
  }
  const folder = await chooseFolder(context, connectable);
  const isNew = folder === undefined ? undefined : await chooseWindow();
  if (folder === undefined || isNew === undefined) {
    return;
  }
  const remoteAuthority = toRemoteAuthority(connectable.ssh, alias);
  if (folder === '') {
    await vscode.commands.executeCommand('vscode.newWindow', {
      remoteAuthority,
      reuseWindow: !isNew,
    });
    return;
  }
  await (await context.ssh()).setLastFolder(connectable.target.ref, folder);
  await vscode.commands.executeCommand(
    'vscode.openFolder',
    vscode.Uri.from({ scheme: 'vscode-remote', authority: remoteAuthority, path: folder }),
    { forceNewWindow: isNew, forceReuseWindow: !isNew },
  );
}

/** Without a Remote-SSH extension, offers to install the one for this editor, and the terminal. */
function mayOpenRemote({ messages }: CommandContext, { target }: Connectable): boolean {
  const terminal = {
    title: vscode.l10n.t('Open SSH Terminal'),
    run: () => vscode.commands.executeCommand('vpsOrg.server.openTerminal', target.ref),
  };
  if (vscode.env.uiKind === vscode.UIKind.Web) {
    messages.info(
      vscode.l10n.t('Remote windows over SSH need the desktop version of this editor.'),
      terminal,
    );
    return false;
  }
  if (remoteExtensions.some((id) => vscode.extensions.getExtension(id))) {
    return true;
  }
  const id = remoteExtensionFor(vscode.env.uriScheme);
  messages.info(
    vscode.l10n.t('Remote windows need a Remote-SSH extension, for example {0}.', id),
    {
      title: vscode.l10n.t('Install'),
      run: () => vscode.commands.executeCommand('workbench.extensions.installExtension', id),
    },
    terminal,
  );
  return false;
}

interface FolderItem extends vscode.QuickPickItem {
  /** Empty for none; undefined to ask. */
  readonly folder: string | undefined;
}

/** An absolute folder, empty for none, undefined where the person cancelled. The last one comes first. */
async function chooseFolder(
  context: CommandContext,
  { target, ssh }: Connectable,
): Promise<string | undefined> {
  const profiles = await context.ssh();
  const last = profiles.lastFolder(target.ref);
  const home = ssh.user === 'root' ? '/root' : `/home/${ssh.user}`;
  const folders = [...new Set([last, home].flatMap((each) => each ?? []))];
  const items: readonly FolderItem[] = [
    ...folders.map((folder) => ({
      label: escapeIcons(folder),
      ...(folder === last ? { description: vscode.l10n.t('last opened') } : {}),
      folder,
    })),
    { label: vscode.l10n.t('No Folder'), folder: '' },
    { label: vscode.l10n.t('Other Folder...'), folder: undefined },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Open which folder on "{0}"?', target.server.name),
  });
  return picked && (picked.folder ?? (await askFolder(target.server.name, last ?? home)));
}

async function askFolder(name: string, value: string): Promise<string | undefined> {
  let folder: string | undefined;
  await askText({
    title: vscode.l10n.t('Open a folder on "{0}"', name),
    prompt: vscode.l10n.t('An absolute path on the server.'),
    value,
    validate: (text) => (toFolder(text) === undefined ? notAFolderText() : undefined),
    submit: (text) => {
      folder = toFolder(text);
      return Promise.resolve(folder === undefined ? notAFolderText() : undefined);
    },
  });
  return folder;
}

function notAFolderText(): string {
  return vscode.l10n.t('Enter a path that starts with a slash.');
}

async function chooseWindow(): Promise<boolean | undefined> {
  const picked = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t('New Window'), isNew: true },
      { label: vscode.l10n.t('Current Window'), isNew: false },
    ],
    { placeHolder: vscode.l10n.t('Open the remote window where?') },
  );
  return picked?.isNew;
}
