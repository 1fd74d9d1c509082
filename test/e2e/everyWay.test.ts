import type { Page } from 'playwright-core';
import { en } from '../support/words';
import {
  approve,
  choose,
  field,
  form,
  openFilledForm,
  pageWords,
  sendForm,
  showsJob,
} from './support/playground';
import { alice, bob } from './support/windows';

const machineInNetwork = ['SrcInfo.VpcId', 'SrcInfo.SubnetId'];

/** Every access type, with the lists of its fields. */
const ways: readonly (readonly [access: string, label: string, lists: readonly string[]])[] = [
  ['cdb', en.options.SrcAccessType.cdb, ['SrcInfo.InstanceId']],
  ['cvm', en.options.SrcAccessType.cvm, ['SrcInfo.CvmInstanceId', ...machineInNetwork]],
  ['dcg', en.options.SrcAccessType.dcg, ['SrcInfo.UniqDcgId', ...machineInNetwork]],
  ['vpncloud', en.options.SrcAccessType.vpncloud, ['SrcInfo.UniqVpnGwId', ...machineInNetwork]],
  ['ccn', en.form.labels['SrcInfo.CcnId'], ['SrcInfo.CcnId', ...machineInNetwork]],
  [
    'vpnselfbuild',
    en.options.SrcAccessType.vpnselfbuild,
    ['SrcInfo.CvmInstanceId', 'SrcInfo.VpcId'],
  ],
];

async function pickFirst(page: Page, blockId: string): Promise<void> {
  const block = form(page).locator(`[data-block="${blockId}"]`);
  await block.getByRole('combobox').click();
  await block.locator('[role="option"]:not([aria-disabled])').first().click();
}

it.each(ways)(
  'by %s: the form has all needed lists, and the job is created',
  async (access, label, lists) => {
    await openFilledForm(alice, `by-${access}`, 'typed');
    await choose(alice, 'SrcAccessType', label);
    for (const blockId of lists) await pickFirst(alice, blockId);
    if (access !== 'cdb') {
      await field(alice, 'SrcInfo.Ip').fill('10.0.0.5');
      await field(alice, 'SrcInfo.Port').fill('3306');
    }
    if (access === 'vpnselfbuild') {
      // DTS usually requires the subnet, so the form shows a warning first.
      await form(alice).getByRole('button', { name: en.form.submit }).click();
      await form(alice).getByText(en.form.look).waitFor();
      await form(alice).getByText(en.form.accepted).click();
    }
    await sendForm(alice);
    await approve(bob, `by-${access}`);
    await showsJob(bob, `by-${access}`);
  },
);

it('by a public address, at a time, with a list of tables from a file', async () => {
  await openFilledForm(alice, 'with-a-file');
  await choose(
    alice,
    'MigrateOption.MigrateObject',
    en.options['MigrateOption.MigrateObject']['2'],
  );
  await field(alice, 'DatabaseInfo.File').setInputFiles({
    name: 'tables.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('shop.orders\nshop.customers\n'),
  });
  await form(alice)
    .getByRole('button', { name: pageWords.remove('tables.txt') })
    .waitFor();
  await form(alice).getByText(en.form.showAdvanced).click();
  await choose(alice, 'MigrateOption.RunMode', en.options['MigrateOption.RunMode']['2']);
  const soon = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  await field(alice, 'MigrateOption.ExpectTime').fill(`${soon}T22:30`);
  await sendForm(alice);
  await approve(bob, 'with-a-file');
  await showsJob(bob, 'with-a-file');
});
