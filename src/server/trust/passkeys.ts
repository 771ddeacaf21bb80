/**
 * Keys that a telephone or a stick keeps for this station (WebAuthn). The package is loaded when somebody uses one: most
 * stations never do.
 *
 * @module
 */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { z } from "zod";
import type { Account, Passkey } from "../../domain/account.js";

/** The name by which the browser knows the station, and the whole origin. */
interface Site {
  readonly host: string;
  readonly origin: string;
}

const text = z.string().max(20_000);
const base = {
  id: text,
  rawId: text,
  type: z.literal("public-key"),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
};
/** What a browser answers; everything that is not here is left out. */
const createdSchema = z.object({
  ...base,
  response: z.object({
    clientDataJSON: text,
    attestationObject: text,
    transports: z.array(z.string().max(20)).max(8).optional(),
  }),
});
const answeredSchema = z.object({
  ...base,
  response: z.object({
    clientDataJSON: text,
    authenticatorData: text,
    signature: text,
    userHandle: text.optional(),
  }),
});

const library = () => import("@simplewebauthn/server");

/** @param name of the station, as the browser shows it */
export function createPasskeys(name: string) {
  return {
    async creation(who: Account, { host }: Site) {
      const { generateRegistrationOptions } = await library();
      const options = await generateRegistrationOptions({
        ...{ rpName: name, rpID: host, userName: who.id, userDisplayName: who.name, attestationType: "none" as const },
        userID: new TextEncoder().encode(who.id),
        excludeCredentials: who.passkeys.map(({ id, transports }) => ({ id, transports })),
        authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
      });
      return { challenge: options.challenge, options };
    },
    /** @throws whatever is wrong with the answer */
    async created(response: unknown, challenge: string, { host, origin }: Site) {
      const { verifyRegistrationResponse } = await library();
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        // The schema checks what is read; the types of the package name more than that.
        response: createdSchema.parse(response) as unknown as RegistrationResponseJSON,
        ...{ expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: host, requireUserVerification: true },
      });
      if (!verified) throw new RangeError("the passkey could not be verified");
      const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
      return {
        id,
        publicKey: Buffer.from(publicKey).toString("base64url"),
        counter,
        transports: transports.slice(0, 8),
      };
    },
    async request(who: Account, { host }: Site) {
      const { generateAuthenticationOptions } = await library();
      const options = await generateAuthenticationOptions({
        rpID: host,
        allowCredentials: who.passkeys.map(({ id, transports }) => ({ id, transports })),
        userVerification: "required",
      });
      return { challenge: options.challenge, options };
    },
    /** The key that answered; `undefined` when the answer is none. */
    async answered(
      who: Account,
      response: unknown,
      challenge: string,
      { host, origin }: Site,
    ): Promise<Pick<Passkey, "id" | "counter"> | undefined> {
      const { verifyAuthenticationResponse } = await library();
      const read = answeredSchema.safeParse(response).data;
      const key = who.passkeys.find(({ id }) => id === read?.id);
      if (!read || !key) return undefined;
      try {
        const { verified, authenticationInfo } = await verifyAuthenticationResponse({
          response: read as unknown as AuthenticationResponseJSON,
          ...{
            expectedChallenge: challenge,
            expectedOrigin: origin,
            expectedRPID: host,
            requireUserVerification: true,
          },
          credential: {
            id: key.id,
            publicKey: new Uint8Array(Buffer.from(key.publicKey, "base64url")),
            counter: key.counter,
          },
        });
        return verified ? { id: key.id, counter: authenticationInfo.newCounter } : undefined;
      } catch {
        // The package throws for every way in which an answer can be wrong: to the caller they are all one.
        return undefined;
      }
    },
  };
}
