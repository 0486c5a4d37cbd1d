import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { escapeIcons } from '../core/text.ts';
import type { CommandContext } from '../host/commandContext.ts';
import { askText } from '../host/inputBox.ts';
import { resolveTarget } from '../host/serverPicker.ts';
import type { SshOverrides, SshProfiles } from '../state/sshProfiles.ts';
import type { Target } from '../state/targets.ts';
import { noTargetText } from '../text/ssh.ts';
import { checkedTarget, defaultProfile } from './profile.ts';
import type { SshProfile } from './profile.ts';

type Field = keyof SshProfile;
const fields = ['user', 'port', 'identityFile', 'jumpHost'] as const satisfies readonly Field[];

interface Item extends vscode.QuickPickItem {
  readonly field: Field | 'reset';
}

/** Edit SSH Settings...: overrides the SSH settings for one server. The list stays open until it is closed. */
export async function editSsh(context: CommandContext, args: readonly unknown[]): Promise<void> {
  const target = await resolveTarget(context, args, {
    placeholder: vscode.l10n.t('Edit the SSH settings of which server?'),
    none: vscode.l10n.t('There are no servers to show.'),
    accepts: () => true,
  });
  if (!target) {
    return;
  }
  const profiles = await context.ssh();
  for (;;) {
    const picked = await vscode.window.showQuickPick(itemsOf(profiles, target), {
      placeHolder: vscode.l10n.t('SSH settings of "{0}"', target.server.name),
    });
    if (!picked) {
      return;
    }
    if (picked.field === 'reset') {
      await profiles.setOverrides(target.ref, {});
    } else if (picked.field === 'identityFile') {
      await editIdentityFile(context, profiles, target);
    } else {
      await editText(profiles, target, picked.field);
    }
  }
}

function fieldLabel(field: Field): string {
  switch (field) {
    case 'user':
      return vscode.l10n.t('User');
    case 'port':
      return vscode.l10n.t('Port');
    case 'identityFile':
      return vscode.l10n.t('Identity File');
    case 'jumpHost':
      return vscode.l10n.t('Jump Host');
  }
}

function itemsOf(profiles: SshProfiles, { ref }: Target): readonly Item[] {
  const profile = profiles.profileOf(ref);
  const overrides = profiles.overridesOf(ref);
  const isOverridden = Object.keys(overrides).length > 0;
  return [
    ...fields.map((field) => ({
      field,
      label: fieldLabel(field),
      description: escapeIcons(String(profile[field] ?? vscode.l10n.t('none'))),
      detail:
        overrides[field] === undefined
          ? vscode.l10n.t('from the settings for all servers')
          : vscode.l10n.t('for this server'),
    })),
    ...(isOverridden
      ? [{ field: 'reset' as const, label: vscode.l10n.t('Use the Settings for All Servers') }]
      : []),
  ];
}

/** Overrides with one value changed. A value that equals the setting for all servers is no override. */
function withOverride(
  overrides: SshOverrides,
  settings: SshProfile,
  field: Field,
  value: string | number | undefined,
): SshOverrides {
  const rest: SshOverrides = Object.fromEntries(
    Object.entries(overrides).filter(([key]) => key !== field),
  );
  return value === settings[field] ? rest : { ...rest, [field]: value ?? null };
}

/** The problem with a value, in words; undefined if it can be used. */
function problemOf(target: Target, profile: SshProfile): string | undefined {
  const checked = checkedTarget('host', profile);
  return typeof checked === 'string' ? noTargetText(checked, target.server.name) : undefined;
}

/** An empty text means none for the jump host, and otherwise the setting for all servers. */
function toValue(
  field: 'user' | 'port' | 'jumpHost',
  typed: string,
  settings: SshProfile,
): string | number | undefined {
  const text = typed.trim();
  if (text === '') {
    return field === 'jumpHost' ? undefined : settings[field];
  }
  return field === 'port' ? (/^\d{1,9}$/u.test(text) ? Number(text) : Number.NaN) : text;
}

async function editText(
  profiles: SshProfiles,
  target: Target,
  field: 'user' | 'port' | 'jumpHost',
): Promise<void> {
  const { settings } = profiles;
  // Only this field is checked: the others may be what the person comes to correct.
  const problem = (typed: string): string | undefined =>
    problemOf(target, { ...defaultProfile, [field]: toValue(field, typed, settings) });
  await askText({
    title: vscode.l10n.t('{0} for SSH to "{1}"', fieldLabel(field), target.server.name),
    prompt:
      field === 'jumpHost'
        ? vscode.l10n.t('"host", "user@host" or "user@host:port". Empty: connect directly.')
        : vscode.l10n.t('Empty: use the setting for all servers.'),
    value: String(profiles.profileOf(target.ref)[field] ?? ''),
    validate: problem,
    submit: async (typed) => {
      const found = problem(typed);
      if (found === undefined) {
        await save(profiles, target, field, toValue(field, typed, settings));
      }
      return found;
    },
  });
}

async function editIdentityFile(
  { messages }: CommandContext,
  profiles: SshProfiles,
  target: Target,
): Promise<void> {
  const choose = vscode.l10n.t('Choose File...');
  const none = vscode.l10n.t('None (SSH Agent and Usual Keys)');
  const common = vscode.l10n.t('Use the Setting for All Servers');
  const picked = await vscode.window.showQuickPick(
    [choose, none, common].map((label) => ({ label })),
    {
      placeHolder: vscode.l10n.t('Identity file for SSH to "{0}"', target.server.name),
    },
  );
  if (picked?.label === none) {
    await save(profiles, target, 'identityFile', undefined);
  } else if (picked?.label === common) {
    await save(profiles, target, 'identityFile', profiles.settings.identityFile);
  } else if (picked?.label === choose) {
    const [file] =
      (await vscode.window.showOpenDialog({
        title: vscode.l10n.t('Choose a private key'),
        openLabel: vscode.l10n.t('Use This Key'),
        defaultUri: vscode.Uri.file(join(homedir(), '.ssh')),
      })) ?? [];
    const problem = file && problemOf(target, { ...defaultProfile, identityFile: file.fsPath });
    if (problem !== undefined) {
      messages.warn(problem);
    } else if (file) {
      await save(profiles, target, 'identityFile', file.fsPath);
    }
  }
}

async function save(
  profiles: SshProfiles,
  { ref }: Target,
  field: Field,
  value: string | number | undefined,
): Promise<void> {
  const { settings } = profiles;
  await profiles.setOverrides(ref, withOverride(profiles.overridesOf(ref), settings, field, value));
}
