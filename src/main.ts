#!/usr/bin/env node
import { runAsProcess } from './commandLine/commandLine';
import { ferry } from './commandLine/ferry';
import { runBot } from './runBot';

runAsProcess((line) => ferry(line, runBot));
