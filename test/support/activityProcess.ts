import { openActivityFile } from '../../src/host/activityFile.ts';

// A window of its own: appends lines to the activity file in a folder, and rewrites the file every now and then.
const [folder = '', name = '', count = '0', rewriteEvery = '1'] = process.argv.slice(2);
const file = openActivityFile(folder);

/** As the log compacts: each line once. */
function unique(text: string): string {
  return [...new Set(text.split('\n').filter(Boolean))].join('\n');
}

for (let index = 0; index < Number(count); index++) {
  await file.append(JSON.stringify({ name, index, text: 'x'.repeat(300) }));
  if (index % Number(rewriteEvery) === 0) {
    await file.rewrite(unique);
  }
}
