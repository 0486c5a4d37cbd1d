'use strict';

const { mkdirSync, writeFileSync, appendFileSync } = require('node:fs');
const { dirname } = require('node:path');
const { format } = require('node:util');
const Mocha = require('mocha');

const { Base, Spec } = Mocha.reporters;
const { EVENT_RUN_END, EVENT_TEST_FAIL } = Mocha.Runner.constants;

/**
 * Mocha's "spec" reporter, which also writes counts and failures as JSON for the summary of `npm test`.
 *
 * Environment: VPS_TEST_COUNTS, the file for the counts; VPS_TEST_REPORT, a file for the report itself. The latter is for
 * tests in an extension host, whose console is not a terminal.
 */
module.exports = class Reporter extends Spec {
  /**
   * @param {import('mocha').Runner} runner
   * @param {import('mocha').MochaOptions} options
   */
  constructor(runner, options) {
    const { VPS_TEST_COUNTS: countsFile, VPS_TEST_REPORT: reportFile } = process.env;
    if (reportFile) {
      mkdirSync(dirname(reportFile), { recursive: true });
      Base.consoleLog = (/** @type {unknown[]} */ ...args) =>
        appendFileSync(reportFile, `${format(...args)}\n`);
    }
    super(runner, options);
    if (!countsFile) return;
    /** @type {string[]} */
    const failed = [];
    runner.on(EVENT_TEST_FAIL, (test, error) =>
      failed.push(`${test.fullTitle()}: ${firstLine(error)}`),
    );
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures, pending } = /** @type {import('mocha').Stats} */ (runner.stats);
      mkdirSync(dirname(countsFile), { recursive: true });
      writeFileSync(
        countsFile,
        JSON.stringify({ passed: passes, failed: failures, skipped: pending, failures: failed }),
      );
    });
  }
};

/** @param {unknown} error */
function firstLine(error) {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).trim().split('\n');
  return line;
}
