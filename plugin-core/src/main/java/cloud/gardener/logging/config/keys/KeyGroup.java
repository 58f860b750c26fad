package cloud.gardener.logging.config.keys;

import java.util.List;

/** A group of settings, in the order of the documentation. */
record KeyGroup(String title, List<Key<?>> keys) {}
