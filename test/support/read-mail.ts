/** The text of a mail as a person reads it: mail programs send it as quoted-printable or base64. */
export function textOfMail(mail: string): string {
  const body = mail.slice(mail.indexOf("\n\n") + 2);
  if (/^content-transfer-encoding: base64$/im.test(mail)) return Buffer.from(body, "base64").toString();
  if (!/^content-transfer-encoding: quoted-printable$/im.test(mail)) return body;
  const bytes = body
    .replaceAll("=\n", "")
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}
