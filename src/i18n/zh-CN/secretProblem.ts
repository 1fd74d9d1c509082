import type { SecretProblem, SecretUser } from '../../domain/secrets/secretPolicy';

/** Why a secret may not be used. The text doesn't say what else it may be used for. */
export function secretProblem(problem: SecretProblem, user: SecretUser): string {
  const { secret } = problem;
  switch (problem.code) {
    case 'secret_is_own_setting':
      return `${secret} 是 Ferry 自身的配置，不能用作密码。`;
    case 'secret_not_listed':
      return `策略未允许使用 ${secret}。请检查名称，或请 Ferry 管理员将其加入策略。`;
    case 'secret_for_others':
      return user === 'sender'
        ? `策略不允许您使用 ${secret}，请联系 Ferry 管理员。`
        : `策略不允许申请人使用 ${secret}，请选择您和申请人都可以使用的凭据，或联系 Ferry 管理员。`;
    case 'secret_requester_unknown':
      return `暂时无法从 Slack 确认${user === 'sender' ? '您' : '申请人'}能否使用 ${secret}，请稍后重试。`;
    case 'secret_for_other_channels':
      return `策略不允许此频道的申请使用 ${secret}。`;
    case 'secret_for_other_targets':
      return problem.target === ''
        ? `策略限定 ${secret} 只用于特定的数据库，而申请中没有填写数据库。`
        : `策略不允许将 ${secret} 用于 ${problem.target}。`;
    default:
      return problem satisfies never;
  }
}
