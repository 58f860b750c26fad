package cloud.gardener.logging.config.keys;

import java.util.List;

/** Settings that belong together, in the order of the documentation. */
record KeyGroup(String title, List<Key<?>> keys) {}
