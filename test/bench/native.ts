/**
 * Programs in C for what must cost as little as can be: built when a compiler is there, left out when not.
 *
 * @module
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where a C source lies: beside this file, or in the checkout when this file was compiled into `dist/`. */
function sourceOf(name: string): string {
  const beside = fileURLToPath(new URL(name, import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL(`../../../test/bench/${name}`, import.meta.url));
}

/** What could be built. `tls` says whether OpenSSL was there to build against. */
export interface Native {
  readonly limitServer: string;
  readonly loadGenerator: string;
  readonly tls: boolean;
}

/** Builds both programs in `folder`; `undefined` when no compiler is found. */
export function buildNative(folder: string): Native | undefined {
  const compiler = ["cc", "gcc", "clang"].find((name) => spawnSync(name, ["--version"]).status === 0);
  if (compiler === undefined) return undefined;
  const build = (output: string, sources: readonly string[], tls: boolean): boolean => {
    const argv = ["-O2", ...(tls ? ["-DTLS"] : []), "-o", join(folder, output), ...sources.map(sourceOf)];
    return spawnSync(compiler, [...argv, ...(tls ? ["-lssl", "-lcrypto"] : [])]).status === 0;
  };
  for (const tls of [true, false]) {
    const built =
      build("limit-server", ["limit-server.c"], tls) &&
      build("load-generator", ["load-generator.c", "load-generator-parts.c", "load-generator-talk.c"], tls);
    if (built) return { limitServer: join(folder, "limit-server"), loadGenerator: join(folder, "load-generator"), tls };
  }
  return undefined;
}

/** A self-signed certificate made in `folder`; `undefined` without the `openssl` program. */
export function makeCertificate(folder: string): { readonly key: string; readonly cert: string } | undefined {
  const key = join(folder, "key.pem");
  const cert = join(folder, "cert.pem");
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
  const made = spawnSync("openssl", [
    ...["req", "-x509", ...curve, "-nodes", "-subj", "/CN=localhost", "-days", "2"],
    ...["-keyout", key, "-out", cert],
  ]);
  return made.status === 0 ? { key, cert } : undefined;
}
