import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AppError } from '../../../src/core/errors.ts';
import { createFieldNames, settingsFieldNames } from '../../../src/api/requestFields.ts';
import { mergeSettings } from '../../../src/core/serverSettings.ts';
import { toFieldErrors } from '../../../src/webviews/fieldErrors.ts';
import { checkSettings } from '../../../src/webviews/details/settingsCheck.ts';

const basis = { name: 'web', hostname: 'web.example.com', backupsEnabled: true };

describe('checkSettings', () => {
  it('accepts valid values, normalized', () => {
    assert.deepEqual(
      checkSettings({ name: ' web-2 ', hostname: 'a.example.com.', backupsEnabled: false }, basis),
      {
        ok: true,
        settings: { name: 'web-2', hostname: 'a.example.com', backupsEnabled: false },
      },
    );
  });

  it('reports every invalid field', () => {
    assert.deepEqual(
      checkSettings({ name: 'w eb', hostname: 'web', backupsEnabled: true }, basis),
      {
        ok: false,
        errors: {
          name: 'Use only letters, digits and hyphens.',
          hostname: 'A hostname has at least two parts, for example web.example.com.',
        },
      },
    );
  });

  it('accepts an empty hostname only if it was empty before', () => {
    const wanted = { name: 'web-2', hostname: '', backupsEnabled: true };
    assert.deepEqual(checkSettings(wanted, { ...basis, hostname: '' }), {
      ok: true,
      settings: wanted,
    });
    assert.deepEqual(checkSettings(wanted, basis), {
      ok: false,
      errors: { hostname: 'Enter a hostname.' },
    });
  });

  it('accepts unchanged values that break the rules', () => {
    const invalid = { name: 'Web server (old)', hostname: 'web_1', backupsEnabled: true };
    assert.deepEqual(checkSettings({ ...invalid, backupsEnabled: false }, invalid), {
      ok: true,
      settings: { ...invalid, backupsEnabled: false },
    });
  });
});

describe('checkSettings after mergeSettings', () => {
  it('never changes a setting that was not edited', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('web', ' web ', 'a.example.com.', ''));
    const settings = fc.record({ name: text, hostname: text, backupsEnabled: fc.boolean() });
    const edits = fc.record(
      { name: fc.constant('web-2'), hostname: fc.constant('b.example.com') },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(settings, settings, edits, fc.boolean(), (from, current, texts, isToggled) => {
        const edit = isToggled ? { ...texts, backupsEnabled: !from.backupsEnabled } : texts;
        const wanted = mergeSettings(from, current, { ...from, ...edit });
        assert.deepEqual(checkSettings(wanted, current), {
          ok: true,
          settings: { ...current, ...edit },
        });
      }),
    );
  });
});

describe('toFieldErrors', () => {
  const refused = (fields: Record<string, string[]>) => new AppError('invalid', '400', { fields });

  it('assigns messages to the fields that they name', () => {
    assert.deepEqual(
      toFieldErrors(
        refused({ plan_id: ['Not here.'], ssh_key_id: ['Unknown.', 'Or not yours.'] }),
        createFieldNames,
      ),
      { errors: { planId: 'Not here.', sshKeyId: 'Unknown. Or not yours.' }, hasOthers: false },
    );
    assert.deepEqual(toFieldErrors(refused({ backups_enabled: ['No.'] }), settingsFieldNames), {
      errors: { backupsEnabled: 'No.' },
      hasOthers: false,
    });
  });

  it('reports messages about other fields', () => {
    for (const fields of [{ plan_id: ['x'] }, { constructor: ['x'] }, {}]) {
      assert.deepEqual(toFieldErrors(refused(fields), settingsFieldNames), {
        errors: {},
        hasOthers: true,
      });
    }
    assert.ok(toFieldErrors(refused({ name: ['x'], quota: ['y'] }), createFieldNames).hasOthers);
  });
});
