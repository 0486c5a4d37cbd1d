import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkCreateValues } from '../../../src/core/createFields.ts';
import type { CreateValues } from '../../../src/core/createFields.ts';
import { chosenPlan, isOfferedAt } from '../../../src/core/planChoice.ts';
import type { PlanChoice } from '../../../src/core/planChoice.ts';

const plan: PlanChoice = {
  id: '1',
  name: 'Standard VPS',
  vcpus: 2,
  memoryMiB: 4096,
  storageGB: 80,
  bandwidthGB: 2048,
  priceMonthly: 12,
  priceHourly: 0.018,
  locations: ['us-west', 'us-east'],
};
const choices = { plans: [plan], acceptsTextIds: false };
const sound: CreateValues = {
  accountId: 'a',
  name: 'web-1',
  location: 'us-west',
  planId: '1',
  osId: '5',
  hostname: '',
  sshKeyId: '',
  backupsEnabled: false,
};
const problemsOf = (changes: Partial<CreateValues>): unknown => {
  const checked = checkCreateValues({ ...sound, ...changes }, choices);
  return checked.ok ? {} : checked.problems;
};

describe('The create form', () => {
  it('becomes a request with what was filled in and nothing else', () => {
    assert.deepEqual(checkCreateValues(sound, choices), {
      ok: true,
      request: { name: 'web-1', location: 'us-west', planId: 1, osId: 5, backupsEnabled: false },
    });
    const full = {
      ...sound,
      name: ' web-1 ',
      hostname: ' web.example.com. ',
      sshKeyId: ' 77 ',
      backupsEnabled: true,
    };
    assert.deepEqual(checkCreateValues(full, choices), {
      ok: true,
      request: {
        name: 'web-1',
        location: 'us-west',
        planId: 1,
        osId: 5,
        hostname: 'web.example.com',
        sshKeyId: 77,
        backupsEnabled: true,
      },
    });
  });

  it('names every field that is wrong, and no other', () => {
    assert.deepEqual(
      problemsOf({ name: '', location: ' ', planId: '', osId: '', hostname: 'web', sshKeyId: 'x' }),
      {
        name: 'empty',
        location: 'empty',
        planId: 'empty',
        osId: 'empty',
        hostname: 'notQualified',
        sshKeyId: 'notWhole',
      },
    );
    assert.deepEqual(problemsOf({ planId: '10abc', osId: '0' }), {
      planId: 'notWhole',
      osId: 'notWhole',
    });
    assert.deepEqual(problemsOf({ hostname: '.' }), { hostname: 'badLabel' });
  });

  it('refuses a plan that is not offered at the location, chosen or typed', () => {
    assert.deepEqual(problemsOf({ location: 'eu-central' }), { planId: 'notHere' });
    assert.deepEqual(problemsOf({ location: 'eu-central', planId: ' 1 ' }), { planId: 'notHere' });
  });

  it('leaves a plan that is not on the list to the API', () => {
    assert.deepEqual(problemsOf({ location: 'eu-central', planId: '99' }), {});
  });

  it('takes a plan without locations as offered everywhere', () => {
    assert.equal(isOfferedAt({ ...plan, locations: [] }, 'eu-central'), true);
    assert.equal(isOfferedAt(plan, ''), true);
    assert.equal(isOfferedAt(plan, ' us-east '), true);
    assert.equal(isOfferedAt(plan, 'eu-central'), false);
  });

  it('finds the plan that is named', () => {
    assert.equal(chosenPlan({ ...sound, planId: ' 1' }, [plan]), plan);
    assert.equal(chosenPlan({ ...sound, planId: '' }, [plan]), undefined);
  });

  const anyText = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme' }),
    fc.stringMatching(/^[a-z0-9.-]{0,80}$/u),
  );
  const anyValues = fc.record({
    accountId: anyText,
    name: anyText,
    location: anyText,
    planId: anyText,
    osId: anyText,
    hostname: anyText,
    sshKeyId: anyText,
    backupsEnabled: fc.boolean(),
  });

  it('never throws, and a request is always one that may be sent', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const checked = checkCreateValues(values, choices);
        if (!checked.ok) {
          assert.notDeepEqual(checked.problems, {});
          return;
        }
        const { request } = checked;
        assert.match(request.name, /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/u);
        assert.notEqual(request.location.trim(), '');
        for (const id of [request.planId, request.osId, request.sshKeyId ?? 1]) {
          assert.equal(typeof id === 'number' && Number.isSafeInteger(id) && id > 0, true);
        }
        assert.notEqual(request.hostname, '');
      }),
    );
  });

  it('takes texts as ids only if the API uses such ids, and then numbers as well', () => {
    const values = { ...sound, planId: '1', osId: ' debian-12 ', sshKeyId: '7f0c-4a' };
    assert.deepEqual(problemsOf({ osId: 'debian-12', sshKeyId: '10abc' }), {
      osId: 'notWhole',
      sshKeyId: 'notWhole',
    });
    const checked = checkCreateValues(values, { ...choices, acceptsTextIds: true });
    assert.deepEqual(checked.ok && checked.request, {
      name: 'web-1',
      location: 'us-west',
      planId: 1,
      osId: 'debian-12',
      sshKeyId: '7f0c-4a',
      backupsEnabled: false,
    });
    for (const osId of ['', 'two words', 'x'.repeat(201)]) {
      assert.equal(
        checkCreateValues({ ...values, osId }, { ...choices, acceptsTextIds: true }).ok,
        false,
        osId,
      );
    }
  });

  it('does not care for blanks around what was typed', () => {
    const blanks = fc.stringMatching(/^[ \t]{0,3}$/u);
    fc.assert(
      fc.property(anyValues, blanks, (values, blank) => {
        const { name, location, planId, osId, hostname, sshKeyId } = values;
        const pad = (text: string): string => `${blank}${text}${blank}`;
        const padded = {
          ...values,
          name: pad(name),
          location: pad(location),
          planId: pad(planId),
          osId: pad(osId),
          hostname: pad(hostname),
          sshKeyId: pad(sshKeyId),
        };
        assert.deepEqual(checkCreateValues(padded, choices), checkCreateValues(values, choices));
      }),
    );
  });

  it('takes every name, hostname and id that the rules allow', () => {
    const label = fc.stringMatching(/^[a-z](?:[a-z0-9-]{0,20}[a-z0-9])?$/u);
    const id = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }).map(String);
    fc.assert(
      fc.property(
        label,
        fc.array(label, { minLength: 2, maxLength: 5 }),
        id,
        id,
        (name, labels, osId, sshKeyId) => {
          assert.deepEqual(problemsOf({ name, hostname: labels.join('.'), osId, sshKeyId }), {});
        },
      ),
    );
  });
});
