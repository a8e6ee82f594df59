"""`lipei eval storm` and `lipei eval intake`: real gateways between a stand-in engine and a stand-in provider.

The storm proves that nothing is lost or doubled while gateways are killed; the intake measures how soon a provider is
answered while the engine is slow. Everything but the gateways runs in this process, on one event loop.
"""
