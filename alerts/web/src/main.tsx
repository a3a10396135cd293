import { createRoot } from "react-dom/client";
import { App } from "./app";
import "./style/index.css";
import { initialTexts, LanguageProvider } from "./text/text";

const place = document.getElementById("scherm");
if (!place) throw new Error("index.html has no place for the screen");

void initialTexts().then((texts) => {
  createRoot(place).render(
    <LanguageProvider initial={texts}>
      <App />
    </LanguageProvider>,
  );
});
