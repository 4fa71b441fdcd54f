import { mount } from "svelte";
import "maplibre-gl/dist/maplibre-gl.css";
import "./css/tokens.css";
import "./css/page.css";
import "./css/map.css";
import "./css/table.css";
import "./css/work.css";
import "./css/quality.css";
import "./css/narrow.css";
import "./css/print.css";
import App from "./App.svelte";

const target = document.getElementById("app");
if (target === null) throw new Error("the page has no element called app");

export default mount(App, { target });
