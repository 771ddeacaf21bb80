/**
 * Icecast as a peer: the server that most live streams run on.
 *
 * @module
 */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Child, namedArguments, pause, startChild, startNode } from "./child.js";

const PASSWORD = "bench";
export const MOUNT = "/live.opus";
/** Its listen backlog is 5: more new listeners a second than this lose their SYN. */
export const JOIN_RATE = 300;

export const hasIcecast = (): boolean => spawnSync("icecast2", ["-v"]).status === 0;

const settings = (port: number, folder: string) => `<icecast>
<limits><clients>30000</clients><sources>2</sources><queue-size>524288</queue-size><client-timeout>30</client-timeout>
<header-timeout>15</header-timeout><source-timeout>10</source-timeout><burst-size>65535</burst-size></limits>
<authentication><source-password>${PASSWORD}</source-password><admin-user>admin</admin-user>
<admin-password>${PASSWORD}</admin-password></authentication><hostname>localhost</hostname>
<listen-socket><port>${port}</port><bind-address>127.0.0.1</bind-address></listen-socket><fileserve>0</fileserve>
<paths><basedir>${folder}</basedir><logdir>${folder}</logdir><webroot>${folder}</webroot><adminroot>${folder}</adminroot>
</paths><logging><accesslog>access.log</accesslog><errorlog>error.log</errorlog><loglevel>1</loglevel></logging>
<security><chroot>0</chroot></security></icecast>`;

/** Starts Icecast with a source whose pages hold `pageMs` of audio. */
export async function startIcecast(
  base: string,
  port: number,
  pageMs: number,
): Promise<{ readonly server: Child; readonly source: Child }> {
  const folder = join(base, `icecast-${port}`);
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  chmodSync(base, 0o755);
  const file = join(folder, "icecast.xml");
  writeFileSync(file, settings(port, folder));
  // It refuses to run as root.
  const asNobody = process.getuid?.() === 0 ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : [];
  const [program = "icecast2", ...argv] = [...asNobody, "icecast2", "-c", file];
  const server = startChild(program, argv, "ignore");
  await pause(1000);
  const source = startNode("ogg-source", namedArguments({ port, mount: MOUNT, password: PASSWORD, page: pageMs }));
  await source.line("ready", 10_000);
  await pause(1500);
  return { server, source };
}
