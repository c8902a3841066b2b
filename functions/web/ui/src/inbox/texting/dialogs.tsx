// The dialog of texts that is open, if one is: what a customer wants, or a picture that fills the screen.

import { useApp } from "../../app-context";
import { ConsentDialog } from "./consent-dialog";
import { Viewer } from "./viewer";

export function TextingDialogs() {
  const { consent, viewed } = useApp().store.texting;
  return (
    <>
      {consent.value && <ConsentDialog key={consent.value.number} {...consent.value} />}
      {viewed.value && <Viewer viewed={viewed.value} />}
    </>
  );
}
