import * as l10n from '@vscode/l10n';
import { numberText } from '../text/numbers.ts';
import type { CheckStep, Finding, Outcome } from './connectionCheck.ts';
import { findingText } from './findingText.ts';

/** The name of a step. */
export function stepName(step: Finding['step']): string {
  switch (step) {
    case 'address':
      return l10n.t('Address');
    case 'hostname':
      return l10n.t('Hostname');
    case 'port':
      return l10n.t('Port');
    case 'banner':
      return l10n.t('SSH banner');
    case 'hostKey':
      return l10n.t('Host key');
  }
}

function outcomeText(outcome: Outcome): string {
  switch (outcome) {
    case 'ok':
      return l10n.t('OK');
    case 'warning':
      return l10n.t('Warning');
    case 'failed':
      return l10n.t('Failed');
    case 'skipped':
      return l10n.t('Not checked');
  }
}

/** One line: `OK - Port: 22 is open (12 ms)`. */
function stepText(step: CheckStep): string {
  const line = l10n.t(
    '{0} - {1}: {2}',
    outcomeText(step.outcome),
    stepName(step.step),
    findingText(step),
  );
  return step.outcome === 'skipped' ? line : l10n.t('{0} ({1} ms)', line, numberText(step.ms, 0));
}

const maxLineLength = 100;

/** Breaks a text between words. `indent` starts every line but the first. */
function wrap(text: string, indent = ''): string {
  const line = new RegExp(`(.{1,${maxLineLength - indent.length}})(?: +|$)`, 'gu');
  return text.replace(line, `$1\n${indent}`).trimEnd();
}

/** The document with the result. */
export function reportText(
  title: string,
  time: string,
  steps: readonly CheckStep[],
  conclusion: string,
): string {
  return [
    title,
    time,
    '',
    ...steps.map((step) => wrap(stepText(step), '  ')),
    '',
    wrap(conclusion),
    '',
  ].join('\n');
}
