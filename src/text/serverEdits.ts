import * as l10n from '@vscode/l10n';
import { toPlainLine } from '../core/text.ts';
import type { EditEntry } from '../state/activityEntry.ts';
import type { PlanState, ServerEdit } from '../state/serverEdits.ts';
import { dollarsText } from './amounts.ts';
import { planSpecsText } from './servers.ts';

/** What was created or changed elsewhere. */
export function editText({ created, edits }: Pick<EditEntry, 'created' | 'edits'>): string {
  if (created) {
    const location = created.location && toPlainLine(created.location);
    const facts = [planStateText(created, false), location].filter(Boolean).join(', ');
    return facts === '' ? l10n.t('Created elsewhere') : l10n.t('Created elsewhere ({0})', facts);
  }
  return l10n.t('Changed elsewhere: {0}', edits.map(oneText).join(', '));
}

function oneText(edit: ServerEdit): string {
  switch (edit.field) {
    case 'plan': {
      const { before, after } = edit;
      const hasSpecs = before.name === after.name;
      const [from, to] = [before, after].map((each) => planStateText(each, hasSpecs) || '-');
      return l10n.t('plan {0} → {1}', from ?? '', to ?? '');
    }
    case 'backups':
      return edit.after
        ? l10n.t('automatic backups turned on')
        : l10n.t('automatic backups turned off');
    case 'name':
      return l10n.t('renamed from {0} to {1}', toPlainLine(edit.before), toPlainLine(edit.after));
    case 'hostname':
      return l10n.t('hostname {0} → {1}', toPlainLine(edit.before), toPlainLine(edit.after));
    case 'location':
      return l10n.t('location {0} → {1}', toPlainLine(edit.before), toPlainLine(edit.after));
    case 'os':
      return l10n.t(
        'operating system {0} → {1}',
        toPlainLine(edit.before),
        toPlainLine(edit.after),
      );
    case 'ipAddress':
      return l10n.t('IP address {0} → {1}', toPlainLine(edit.before), toPlainLine(edit.after));
  }
}

/** "Standard VPS ($12.00/month)". The specs distinguish plans of the same name. */
function planStateText(state: PlanState, hasSpecs: boolean): string {
  const name = state.name === undefined ? '' : toPlainLine(state.name);
  const specs = hasSpecs || name === '' ? planSpecsText({ ...state, bandwidthGB: undefined }) : '';
  const text = [name, specs].filter(Boolean).join(', ');
  return state.monthly === undefined || text === ''
    ? text
    : l10n.t('{0} ({1}/month)', text, dollarsText(state.monthly));
}
