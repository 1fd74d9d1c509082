import type { Language } from './checks';
import type { StepId } from './migrationSteps';

const names: Readonly<Record<StepId, Readonly<Record<Language, string>>>> = {
  dumper: { 'en-US': 'Export from the source', 'zh-CN': '源库导出' },
  loader: { 'en-US': 'Import of the data', 'zh-CN': '数据导入' },
  sinker: { 'en-US': 'Incremental sync', 'zh-CN': '同步增量' },
};

/** A step's name. The Chinese ones are those of the official example. */
export function stepName(id: StepId, language: Language): string {
  return names[id][language];
}
