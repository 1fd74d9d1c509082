import { audit } from './commandLine/audit';
import { runAsProcess } from './commandLine/commandLine';

runAsProcess(audit);
