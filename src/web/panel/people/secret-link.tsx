/**
 * A link that lets somebody in, shown this once.
 *
 * @module
 */
import { useState } from "preact/hooks";
import { zone } from "../live/line.js";
import { shortMoment } from "../words/times.js";
import { words } from "./words.js";

export interface Link {
  readonly path: string;
  readonly expiresAt: string;
}

export function SecretLink({ link }: { readonly link: Link }) {
  const say = words();
  const [isCopied, setIsCopied] = useState(false);
  const address = `${location.origin}${link.path}`;
  const copy = async () => {
    // Where the browser does not let it be written, the address stands above to be marked by hand.
    setIsCopied(
      await navigator.clipboard.writeText(address).then(
        () => true,
        () => false,
      ),
    );
  };
  return (
    <div role="status" class="secret-link">
      <p>{say.link}</p>
      <p>
        <code>{address}</code>
      </p>
      <p>{say.until(shortMoment(link.expiresAt, zone.value))}</p>
      {/* Only pages that came by https, or from this very machine, may write to the clipboard. */}
      {isSecureContext && (
        <button type="button" class="secondary" onClick={copy}>
          {isCopied ? say.copied : say.copy}
        </button>
      )}
    </div>
  );
}
