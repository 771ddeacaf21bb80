/**
 * A mail server that does as it is told, on a port of its own: it takes mail, or fails at any step in any way.
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { createSecureContext, TLSSocket } from "node:tls";
import type { Certified } from "./certificates.js";

/** What is answered in the place of the usual word; by the command, `greeting`, or `body` for the end of the text. */
export type Script = Readonly<Record<string, string | ((socket: Socket) => void)>>;

export interface SmtpWish {
  readonly script?: Script;
  /** Offers STARTTLS with it. */
  readonly certificate?: Certified;
  /** The only login that is taken. */
  readonly login?: { readonly user: string; readonly password: string };
}

export async function startSmtpDouble({ script = {}, certificate, login }: SmtpWish = {}) {
  const commands: string[] = [];
  const mails: string[] = [];
  const sockets = new Set<Socket>();
  let isSecure = false;

  const serve = (socket: Socket, isGreeted: boolean) => {
    sockets.add(socket);
    socket.on("error", () => {});
    let text = "";
    let body: string | undefined;
    const say = (step: string, usual: string) => {
      const word = script[step] ?? usual;
      if (typeof word === "function") word(socket);
      else socket.write(`${word}\r\n`);
    };
    const offers = () => [...(certificate && !isSecure ? ["STARTTLS"] : []), ...(login ? ["AUTH PLAIN"] : [])];
    const obey = (line: string) => {
      commands.push(line);
      const [verb = ""] = line.toUpperCase().split(" ");
      if (verb === "EHLO") say(verb, ["250-double", ...offers().map((one) => `250-${one}`), "250 OK"].join("\r\n"));
      else if (verb === "STARTTLS" && certificate) {
        say(verb, "220 go");
        const secureContext = createSecureContext({ cert: certificate.certificate, key: certificate.key });
        socket.removeAllListeners("data");
        isSecure = true;
        serve(new TLSSocket(socket, { isServer: true, secureContext }), true);
      } else if (verb === "STARTTLS") say(verb, "502 no");
      else if (verb === "AUTH") {
        const expected = Buffer.from(`\0${login?.user}\0${login?.password}`).toString("base64");
        say(verb, line.endsWith(expected) ? "235 welcome" : "535 no");
      } else if (verb === "DATA") {
        say(verb, "354 go on");
        body = "";
      } else if (verb === "QUIT") socket.end("221 bye\r\n");
      else say(verb, "250 OK");
    };
    socket.on("data", (piece: Buffer) => {
      text += piece.toString();
      for (let end = text.indexOf("\r\n"); end >= 0; end = text.indexOf("\r\n")) {
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        if (body === undefined) obey(line);
        else if (line === ".") {
          mails.push(body);
          body = undefined;
          say("body", "250 taken");
        } else body += `${line}\n`;
      }
    });
    if (!isGreeted) say("greeting", "220 double ESMTP");
  };
  const server = createServer((socket) => serve(socket, false)).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    commands,
    mails,
    wasSecure: () => isSecure,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
