// The line about pictures of the internet: what was not fetched, and how to fetch it now, always, or no more.

import type { Message } from "../../api/types";
import { useApp } from "../../app-context";
import { distrust, isTrusted, mayBeTrusted, trust } from "./remote-images";

interface Props {
  message: Message;
  loaded: boolean;
  load: () => void;
}

export function ImagesBar({ message, loaded, load }: Props) {
  const { store } = useApp();
  const count = message.mail?.remote_images.length ?? 0;
  const { address } = message.author;
  if (count === 0) return null;
  if (isTrusted(store, message))
    return (
      <p class="images-bar">
        <span>Images from {address} are always loaded.</span>
        <button type="button" class="link" onClick={() => distrust(store, address)}>
          Stop loading them
        </button>
      </p>
    );
  if (loaded) return null;
  return (
    <p class="images-bar">
      <span title="Fetching them would tell the sender that you read this.">
        {count === 1 ? "1 image from elsewhere was" : `${count} images from elsewhere were`} not loaded.
      </span>
      <button type="button" class="link" onClick={load}>
        Load images
      </button>
      {mayBeTrusted(message) && (
        <button type="button" class="link" onClick={() => trust(store, address)}>
          Always for {address}
        </button>
      )}
    </p>
  );
}
