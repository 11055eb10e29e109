// Streamlit's menu stays open over the page that was chosen in it, and is open again after a reload.

const NARROW = "(max-width: 768px)"; // where Streamlit lays the menu over the page

function onClick(event) {
  const link = event.target.closest("[data-testid=stSidebar] a");
  if (!link || !matchMedia(NARROW).matches) return;
  document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
}

export default function ({ data }) {
  document.documentElement.lang = data.language;
  document.addEventListener("click", onClick);
  return () => document.removeEventListener("click", onClick);
}
