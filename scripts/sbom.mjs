import { execFileSync } from 'node:child_process';

/**
 * Prints a software bill of materials of the production dependencies, in the format CycloneDX.
 *
 *     node scripts/sbom.mjs
 */
const options = ['--package-lock-only', '--omit=dev', '--sbom-format=cyclonedx'];
const printed = execFileSync('npm', ['sbom', ...options, '--sbom-type=application']);
const bill = JSON.parse(printed);
// npm writes the name of the folder.
[bill.metadata.component.name] = bill.metadata.component['bom-ref'].split('@');
process.stdout.write(`${JSON.stringify(bill, null, 2)}\n`);
