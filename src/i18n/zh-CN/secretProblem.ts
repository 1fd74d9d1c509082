import type { SecretProblem } from '../../domain/secrets/secretPolicy';

/** Why a secret may not be referred to, without a word of what else it may be used for. */
export function secretProblem(problem: SecretProblem): string {
  const { secret } = problem;
  switch (problem.code) {
    case 'secret_is_own_setting':
      return `${secret} 是 Ferry 自身的配置，不能用作密码。`;
    case 'secret_not_listed':
      return `策略未允许引用 ${secret}。请检查名称，或请 Ferry 的管理员将其列入策略。`;
    case 'secret_for_others':
      return `策略不允许您引用 ${secret}，请联系 Ferry 的管理员。`;
    case 'secret_requester_unknown':
      return `Ferry 暂时无法从 Slack 确认您是否可以引用 ${secret}，请稍后再试。`;
    case 'secret_for_other_channels':
      return `策略不允许在本频道使用 ${secret}。`;
    case 'secret_for_other_targets':
      return problem.target === ''
        ? `策略将 ${secret} 限定于特定的数据库，而申请中没有填写。`
        : `策略不允许将 ${secret} 用于 ${problem.target}。`;
    default:
      return problem satisfies never;
  }
}
