import { runAsProcess } from './commandLine/commandLine';
import { doctor } from './commandLine/doctor';

runAsProcess(doctor);
