import { isRecord } from '../core/json.ts';
import type { JsonObject } from '../core/json.ts';
import { readFiniteNumber, readText } from '../core/storedValues.ts';
import { editedTexts } from './serverEdits.ts';
import type { CreatedState, PlanState, ServerEdit } from './serverEdits.ts';

type Clean = (text: string | undefined) => string | undefined;

interface StoredEdits {
  readonly created: CreatedState | undefined;
  readonly edits: readonly ServerEdit[];
}

/** For one line of JSON. `clean` makes a text fit for the disk. */
export function writeEdits({ created, edits }: StoredEdits, clean: Clean): JsonObject {
  const plan = <T extends PlanState>(state: T): T => ({ ...state, name: clean(state.name) });
  return {
    created: created && { ...plan(created), location: clean(created.location) },
    edits: edits.map((edit) => {
      switch (edit.field) {
        case 'plan':
          return { ...edit, before: plan(edit.before), after: plan(edit.after) };
        case 'backups':
          return edit;
        default:
          return { ...edit, before: clean(edit.before), after: clean(edit.after) };
      }
    }),
  };
}

/** Reads what anyone may have damaged. Undefined where nothing of it can be used. */
export function readEdits({ created, edits }: JsonObject): StoredEdits | undefined {
  const read = Array.isArray(edits) ? edits.flatMap((edit: unknown) => readEdit(edit) ?? []) : [];
  const state = isRecord(created)
    ? { ...readPlanState(created), location: readText(created.location) }
    : undefined;
  return state || read.length > 0 ? { created: state, edits: read } : undefined;
}

function readEdit(value: unknown): ServerEdit | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { field, before, after } = value;
  if (field === 'plan') {
    return isRecord(before) && isRecord(after)
      ? { field, before: readPlanState(before), after: readPlanState(after) }
      : undefined;
  }
  if (field === 'backups') {
    return typeof before === 'boolean' && typeof after === 'boolean'
      ? { field, before, after }
      : undefined;
  }
  const text = editedTexts.find((each) => each === field);
  const [was, is] = [readText(before), readText(after)];
  return text && was && is ? { field: text, before: was, after: is } : undefined;
}

function readPlanState({ name, vcpus, memoryMiB, storageGB, monthly }: JsonObject): PlanState {
  return {
    name: readText(name),
    vcpus: readFiniteNumber(vcpus),
    memoryMiB: readFiniteNumber(memoryMiB),
    storageGB: readFiniteNumber(storageGB),
    monthly: readFiniteNumber(monthly),
  };
}
