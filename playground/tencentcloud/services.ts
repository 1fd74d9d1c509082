import { cvm } from './cvm/service';
import { dts20180330 } from './dts/service20180330';
import { dts20211206 } from './dts/service20211206';
import type { Service } from './endpoint/service';
import { productServices } from './products/services';
import { region } from './region/service';
import { ssm } from './ssm/service';
import { sts } from './sts/service';
import { vpc } from './vpc/service';

/**
 * All services of the endpoint. They share one host here, so the version and action select the
 * service; `vpc` and `cvm` have the same version but no common action.
 */
export const services: readonly Service[] = [
  ...[dts20180330, dts20211206, vpc, cvm, ssm, sts, region],
  ...productServices,
];
