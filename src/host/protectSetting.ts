import * as vscode from 'vscode';
import { patternMatcher, readPatterns } from '../core/namePatterns.ts';
import type { PatternMatcher } from '../state/protection.ts';
import type { Settings } from './settings.ts';

/** The patterns of `vpsOrg.protect`. Reports entries that are none. Most people have no patterns, so a start does not load this. */
export function readProtectSetting(settings: Pick<Settings, 'protect' | 'report'>): PatternMatcher {
  const { protect } = settings;
  const { value, isUsable } = readPatterns(protect);
  if (!isUsable) {
    settings.report(
      'protect',
      protect,
      vscode.l10n.t(
        'The setting "{0}" must be a list of name patterns such as "{1}". Other entries are ignored.',
        'vpsOrg.protect',
        'prod-*',
      ),
    );
  }
  return patternMatcher(value);
}
